"""What the account calls take and give."""

from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError as PasswordRefused
from django.db import transaction
from rest_framework import serializers
from rest_framework_simplejwt.serializers import TokenRefreshSerializer

from accounts.domain import people
from accounts.domain.tokens import hold, holder
from accounts.models import Consent, User
from config.api import LanguageField


class RegistrationSerializer(serializers.Serializer[User]):
    email = serializers.EmailField(max_length=254)
    password = serializers.CharField(max_length=128, trim_whitespace=False, write_only=True)
    name = serializers.CharField(max_length=150, required=False, allow_blank=True)
    language = LanguageField(required=False)

    def validate_email(self, value: str) -> str:
        if people.email_taken(value):
            raise serializers.ValidationError(people.TAKEN)
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        try:
            validate_password(attrs["password"], User(email=attrs["email"], name=attrs.get("name", "")))
        except PasswordRefused as refused:
            raise serializers.ValidationError({"password": refused.messages}) from None
        return attrs


class TokenPairSerializer(serializers.Serializer[Any]):
    access = serializers.CharField()
    refresh = serializers.CharField()


class RefreshTokenSerializer(TokenRefreshSerializer):
    """The library's own looks neither for a deleted user nor for a changed password, nor who else spends the token."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, str]:
        token = self.token_class(attrs["refresh"])
        holder(token)
        with transaction.atomic():
            hold(token)
            return super().validate(attrs)


class RefreshSerializer(serializers.Serializer[Any]):
    refresh = serializers.CharField(max_length=4096)


class ConsentSerializer(serializers.ModelSerializer[Consent]):
    class Meta:
        model = Consent
        fields = ["kind", "version", "granted", "created_at"]
        read_only_fields = ["created_at"]


class DoneSerializer(serializers.Serializer[Any]):
    success = serializers.BooleanField(default=True)
