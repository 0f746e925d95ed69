"""Vacancies for apps."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import exceptions, status
from rest_framework.generics import GenericAPIView
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import ScopedRateThrottle

from config.api import Pages, person
from config.errors import Conflict, TooLarge, Unprocessable
from interviews.domain import creation
from interviews.models import Interview
from resumes.domain import access as resume_access
from vacancies import serializers
from vacancies.domain import access, exchange, files, filters, lifecycle, ranking, writing
from vacancies.models import Vacancy


class Hires(BasePermission):
    """Recruiters; a hiring manager reads. Other people's vacancies are not found, whoever asks."""

    def has_permission(self, request: Request, view: Any) -> bool:
        user = person(request)
        reads = request.method in {"GET", "HEAD", "OPTIONS"}
        return access.may_write(user) or (access.hires(user) and reads) or "pk" in view.kwargs


class VacancyCall(GenericAPIView[Vacancy]):
    """What the calls share."""

    permission_classes = (IsAuthenticated, Hires)
    serializer_class = serializers.VacancySerializer

    def get_queryset(self) -> QuerySet[Vacancy]:
        return access.visible_to(person(self.request)).prefetch_related("managers")


class VacanciesView(VacancyCall):
    """All vacancies of this installation; for a hiring manager those that name them."""

    pagination_class = Pages

    @extend_schema(
        operation_id="api_v1_vacancy_list",
        parameters=[serializers.FilterSerializer, OpenApiParameter("page", int), OpenApiParameter("page_size", int)],
        responses=serializers.VacancySerializer(many=True),
    )
    def get(self, request: Request) -> Response:
        query = serializers.FilterSerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        page = self.paginate_queryset(filters.narrow(self.get_queryset(), query.validated_data))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)

    @extend_schema(responses={201: serializers.VacancySerializer})
    def post(self, request: Request) -> Response:
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        fields = dict(serializer.validated_data)
        fields.pop("updated_at", None)
        vacancy = writing.create(person(request), fields)
        return Response(self.get_serializer(vacancy).data, status=status.HTTP_201_CREATED)


class ParseView(VacancyCall):
    """Reads a vacancy out of a PDF, DOCX or text file of at most 10 MB. Nothing is stored."""

    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "upload"

    @extend_schema(request={"multipart/form-data": serializers.FileSerializer}, responses=serializers.ParsedSerializer)
    def post(self, request: Request) -> Response:
        serializer = serializers.FileSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            parsed = files.read(serializer.validated_data["file"])
        except files.FileRefused as error:
            raise refusal(error) from None
        return Response(serializers.ParsedSerializer(parsed).data)


def refusal(error: files.FileRefused) -> exceptions.APIException:
    if isinstance(error, files.FileUnsupported):
        return exceptions.UnsupportedMediaType("", detail=str(error))
    return (TooLarge if isinstance(error, files.FileTooLarge) else Unprocessable)(str(error), code=error.code)


class ImportView(VacancyCall):
    """Vacancies of a CSV file: all of them or, where a line is wrong, none. With `dry_run` nothing is stored.

    Columns: title, company_name, position_type, language, status, description, requirements (lines such as
    `must 3: Python`); the first line names them, only title is needed. `errors` are by line, as `line 3`.
    """

    throttle_classes = (ScopedRateThrottle,)
    throttle_scope = "upload"

    @extend_schema(
        request={"multipart/form-data": serializers.ImportSerializer},
        responses={200: serializers.ImportedSerializer, 201: serializers.ImportedSerializer},
    )
    def post(self, request: Request) -> Response:
        serializer = serializers.ImportSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            rows = exchange.read(serializer.validated_data["file"].read(exchange.MOST_BYTES + 1))
        except exchange.FileFaulty as error:
            raise exceptions.ValidationError(by_line(error)) from None
        if serializer.validated_data["dry_run"]:
            return Response({"count": len(rows), "ids": []})
        ids = [vacancy.pk for vacancy in exchange.create(rows, person(request))]
        return Response({"count": len(ids), "ids": ids}, status=201)


def by_line(error: exchange.FileFaulty) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for fault in error.faults:
        found.setdefault(f"line {fault.line}", []).append(fault.text)
    return found


class ExportView(VacancyCall):
    """All vacancies that the caller sees, as `ImportView` takes them."""

    @extend_schema(responses={(200, "text/csv"): str})
    def get(self, request: Request) -> HttpResponse:
        text = exchange.written(access.visible_to(person(request)).order_by("pk"))
        return HttpResponse(text, content_type="text/csv; charset=utf-8")


class VacancyView(VacancyCall):
    """One vacancy. Recruiters change, close, reopen (`status`) and delete it."""

    def get(self, request: Request, pk: int) -> Response:
        return Response(self.get_serializer(self.get_object()).data)

    def patch(self, request: Request, pk: int) -> Response:
        vacancy = self.writable()
        serializer = self.get_serializer(vacancy, data=request.data, partial=True)
        serializer.is_valid(raise_exception=True)
        fields = dict(serializer.validated_data)
        seen = fields.pop("updated_at", None)
        try:
            writing.change(vacancy, person(request), fields, seen)
        except lifecycle.Superseded:
            raise Conflict(_("Somebody else has just changed this vacancy. Load it again.")) from None
        return Response(self.get_serializer(vacancy).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        self.writable().delete()
        return Response(status=status.HTTP_204_NO_CONTENT)

    def writable(self) -> Vacancy:
        """404 for whoever may not see it, 403 for a hiring manager who may only read."""
        vacancy = self.get_object()
        if not access.may_write(person(self.request)):
            raise exceptions.PermissionDenied(_("Only recruiters change vacancies."))
        return vacancy


class InvitationView(VacancyCall):
    """Invites a resume's candidate to an interview for the vacancy: 201, or 200 where one is not over yet."""

    @extend_schema(
        operation_id="api_v1_vacancy_invite",
        request=serializers.InvitationSerializer,
        responses={200: serializers.InvitedSerializer, 201: serializers.InvitedSerializer},
    )
    def post(self, request: Request, pk: int) -> Response:
        vacancy = self.get_object()
        user = person(request)
        if not access.may_write(user):
            raise exceptions.PermissionDenied(_("Only recruiters invite candidates."))
        serializer = serializers.InvitationSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        fields = dict(serializer.validated_data)
        resume = resume_access.visible_to(user).filter(pk=fields.pop("resume_id")).first()
        if resume is None:
            raise Http404
        interview, new = self.invited(lambda: creation.invite(vacancy, resume, **fields))
        return Response(serializers.InvitedSerializer(interview).data, status=201 if new else 200)

    @staticmethod
    def invited(invite: Callable[[], tuple[Interview, bool]]) -> tuple[Interview, bool]:
        """The domain's refusals as the API's errors."""
        try:
            return invite()
        except creation.VacancyClosed as error:
            raise Conflict(error.text, code="vacancy_closed") from error
        except creation.TooManyOpen as error:
            raise Conflict(error.text_for_recruiter, code="too_many_open_interviews") from error
        except creation.ResumeNotUsable as error:
            raise exceptions.ValidationError({"resume_id": [error.text]}) from error


class CandidatesView(VacancyCall):
    """The candidates for a vacancy, the best first, each with what the resume shows of every requirement."""

    pagination_class = Pages

    @extend_schema(
        operation_id="api_v1_vacancy_candidates",
        parameters=[OpenApiParameter("page", int), OpenApiParameter("page_size", int)],
        responses=serializers.RankedSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        user = person(request)
        page = self.paginate_queryset(ranking.candidates_for(self.get_object(), user))
        answer = self.get_paginated_response(serializers.RankedSerializer(page, many=True, context={"user": user}).data)
        answer.data["waiting"] = ranking.waiting()
        return answer


class ResumeVacanciesView(GenericAPIView[Vacancy]):
    """The open vacancies for a resume, those first that it meets best."""

    permission_classes = (IsAuthenticated,)
    serializer_class = serializers.OpeningSerializer
    pagination_class = Pages

    @extend_schema(
        operation_id="api_v1_resume_vacancies",
        parameters=[OpenApiParameter("page", int), OpenApiParameter("page_size", int)],
        responses=serializers.OpeningSerializer(many=True),
    )
    def get(self, request: Request, pk: int) -> Response:
        user = person(request)
        resume = get_object_or_404(ranking.resumes_for(user), pk=pk)
        page = self.paginate_queryset(ranking.vacancies_for(resume, user))
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
