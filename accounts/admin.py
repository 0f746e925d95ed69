"""People in the admin: administrators manage them, nobody else sees them."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from rest_framework_simplejwt.token_blacklist.models import BlacklistedToken, OutstandingToken

from accounts.limits import limited
from accounts.models import Consent, User
from config.admin import ErasedWithItsOwner, Unchanged

admin.site.unregister(Group)  # rights follow from the role alone
admin.site.unregister((OutstandingToken, BlacklistedToken))  # they show every person's refresh tokens
admin.site.login = limited("sign_in")(admin.site.login)  # type: ignore[assignment,method-assign]
admin.site.site_header = admin.site.site_title = "Viva"
admin.site.index_title = _("Interviews and people")


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    ordering = ("email",)
    list_display = ("email", "name", "role", "language", "is_active", "date_joined")
    list_filter = ("role", "language", "is_active")
    search_fields = ("email", "name")
    filter_horizontal = ()
    readonly_fields = ("date_joined", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "password", "name", "role", "is_active")}),
        (_("Preferences"), {"fields": ("language", "time_zone")}),
        (_("Dates"), {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (
            None,
            {"classes": ("wide",), "fields": ("email", "name", "role", "usable_password", "password1", "password2")},
        ),
    )


@admin.register(Consent)
class ConsentAdmin(ErasedWithItsOwner, Unchanged, admin.ModelAdmin[Consent]):
    list_display = ("user", "kind", "version", "granted", "created_at")
    list_filter = ("kind", "granted")
    search_fields = ("user__email",)
