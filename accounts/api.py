"""Sign-up, tokens and consents for apps."""

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.generics import ListCreateAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import RefreshToken
from rest_framework_simplejwt.views import TokenObtainPairView, TokenRefreshView

from accounts.domain import people
from accounts.domain.access import consents_of
from accounts.models import Consent
from accounts.serializers import (
    ConsentSerializer,
    DoneSerializer,
    RefreshSerializer,
    RefreshTokenSerializer,
    RegistrationSerializer,
    TokenPairSerializer,
)
from config.api import person


class RegisterView(APIView):
    """Makes a candidate and signs them in."""

    permission_classes = (AllowAny,)
    authentication_classes = ()
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "sign_up"

    @extend_schema(request=RegistrationSerializer, responses={201: TokenPairSerializer})
    def post(self, request: Request) -> Response:
        serializer = RegistrationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            user = people.register(**serializer.validated_data)
        except people.EmailTaken:
            raise ValidationError({"email": [people.TAKEN]}) from None
        refresh = RefreshToken.for_user(user)
        tokens = {"access": str(refresh.access_token), "refresh": str(refresh)}
        return Response(tokens, status=status.HTTP_201_CREATED)


class TokenView(TokenObtainPairView):
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "sign_in"


class RefreshView(TokenRefreshView):
    serializer_class = RefreshTokenSerializer
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "sign_in"


class LogoutView(APIView):
    """Revokes a refresh token. Whoever holds it may revoke it, so an expired access token is no obstacle."""

    permission_classes = (AllowAny,)
    authentication_classes = ()

    @extend_schema(request=RefreshSerializer, responses=DoneSerializer)
    def post(self, request: Request) -> Response:
        serializer = RefreshSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            RefreshToken(serializer.validated_data["refresh"]).blacklist()
        except TokenError:
            raise ValidationError({"refresh": [_("This token is not valid or was revoked already.")]}) from None
        return Response({"success": True})


class ConsentsView(ListCreateAPIView[Consent]):
    """The caller's own decisions, newest first."""

    serializer_class = ConsentSerializer
    pagination_class = None

    def get_queryset(self):  # type: ignore[no-untyped-def]  # DRF's own annotation differs by version
        return consents_of(self.request.user)

    def perform_create(self, serializer: BaseSerializer[Consent]) -> None:
        serializer.save(user=person(self.request))
