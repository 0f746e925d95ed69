"""Resumes for apps."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, status
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle
from rest_framework.views import APIView

from config.api import Pages, key_of, person
from config.errors import Conflict, TooLarge, Unavailable
from providers.base import ProviderError
from resumes import serializers
from resumes.domain import access, filters, profiles, uploads
from resumes.domain.search import meaning
from resumes.models import Resume

FORM_OVERHEAD = 64 * 1024  # the other fields and the boundaries of a multipart body
REFUSALS: dict[type[uploads.UploadRefused], type[exceptions.APIException]] = {
    uploads.FileTooLarge: TooLarge,
    uploads.TooManyResumes: Conflict,
}


class OwnResumesView(APIView):
    """The caller's resumes, to choose one for an interview."""

    @extend_schema(responses=serializers.ResumeListSerializer)
    def get(self, request: Request) -> Response:
        resumes = list(access.owned_by(person(request)).defer("text", "profile"))
        body = {"success": True, "resumes": resumes, "total": len(resumes)}
        return Response(serializers.ResumeListSerializer(body).data)


class UploadView(APIView):
    """Takes a PDF, DOCX, plain text, JPEG or PNG of at most 10 MB, or a JSON Resume (`.json`) of at most 1 MB.

    It is read in the background; `status` tells how far.
    """

    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "upload"

    @extend_schema(
        request={"multipart/form-data": serializers.UploadSerializer}, responses={201: serializers.UploadedSerializer}
    )
    def post(self, request: Request) -> Response:
        refuse_large(request)
        serializer = serializers.UploadSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            resume = uploads.upload(person(request), **serializer.validated_data)
        except uploads.UploadRefused as error:
            raise refusal(error) from None
        return Response(serializers.UploadedSerializer(resume).data, status=status.HTTP_201_CREATED)


def refuse_large(request: Request) -> None:
    """By the declared length, before the body is parsed."""
    length = key_of(request.META.get("CONTENT_LENGTH") or "0")
    if length is not None and length > uploads.MOST_BYTES + FORM_OVERHEAD:
        raise TooLarge(_("The file is larger than 10 MB. Upload a smaller one, with fewer pictures."))


def refusal(error: uploads.UploadRefused) -> exceptions.APIException:
    if isinstance(error, uploads.FileUnsupported):
        return exceptions.UnsupportedMediaType("", detail=str(error))
    kind = REFUSALS.get(type(error))
    return kind(str(error)) if kind else exceptions.ValidationError({"file": [str(error)]})


class ResumesView(GenericAPIView[Resume]):
    """Own resumes; for recruiters everybody's."""

    serializer_class = serializers.ResumeSerializer
    pagination_class = Pages

    def get_queryset(self) -> QuerySet[Resume]:
        return access.visible_to(person(self.request)).defer("text", "sources", "findings")

    @extend_schema(
        operation_id="api_v1_resume_list",
        parameters=[serializers.FilterSerializer, OpenApiParameter("page", int), OpenApiParameter("page_size", int)],
        responses=serializers.ResumeSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        query = serializers.FilterSerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        page = self.paginate_queryset(filters.narrow(self.get_queryset(), query.validated_data))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)


class SearchView(GenericAPIView[Resume]):
    """Resumes by what they mean, for recruiters: at most 100, the best first. In any of the four languages."""

    serializer_class = serializers.FoundSerializer
    pagination_class = Pages
    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "search"
    queryset = Resume.objects.none()  # for the description of the API

    @extend_schema(
        operation_id="api_v1_resume_search",
        parameters=[serializers.SearchSerializer, OpenApiParameter("page", int), OpenApiParameter("page_size", int)],
        responses=serializers.FoundSerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        user = person(request)
        if not user.is_recruiter:
            raise exceptions.PermissionDenied(_("Only recruiters search over people."))
        query = serializers.SearchSerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        wanted = dict(query.validated_data)
        text = wanted.pop("q")
        try:
            page = self.paginate_queryset(meaning.scored(user, text, wanted))
        except ProviderError:
            problem = _("The search by meaning does not answer. Try again in a minute, or search by words.")
            raise Unavailable(problem) from None
        found = meaning.shown(user, text, wanted, page or [])
        return self.get_paginated_response(self.get_serializer(found, many=True).data)


class ResumeView(GenericAPIView[Resume]):
    """One resume. Its owner changes or deletes it, and recruiters one that they imported while it has no owner."""

    serializer_class = serializers.WholeResumeSerializer

    def get_queryset(self) -> QuerySet[Resume]:
        return access.visible_to(person(self.request)).defer("text")

    def get(self, request: Request, pk: int) -> Response:
        return Response(self.get_serializer(self.get_object()).data)

    def patch(self, request: Request, pk: int) -> Response:
        resume = self.own()
        serializer = self.get_serializer(resume, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        try:
            profiles.correct(resume, serializer.validated_data)
        except profiles.NotReadYet:
            raise Conflict(_("The resume is still being read. Correct it when that is done.")) from None
        except profiles.SpeaksToAMachine as error:
            raise exceptions.ValidationError({"profile": [str(error)]}) from None
        return Response(self.get_serializer(resume).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        self.own().delete()
        return Response(status=status.HTTP_204_NO_CONTENT)

    def own(self) -> Resume:
        """403 for a recruiter who sees the resume of somebody's account, 404 for any other stranger."""
        resume = self.get_object()
        if not access.may_edit(person(self.request), resume):
            raise exceptions.PermissionDenied(_("Only the owner of a resume can change it."))
        return resume
