"""A resume as a file of the JSON Resume standard, for apps and as a download on pages."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.api import person
from config.errors import Conflict
from resumes.domain import access, jsonresume


class JsonResumeView(APIView):
    """What was read out of a resume, and its owner's corrections, as JSON Resume v1. 409 before it has been read.

    Such a file is taken by `POST /api/v1/resume/upload`, too, when its name ends in `.json`.
    """

    @extend_schema(responses=OpenApiTypes.OBJECT)
    def get(self, request: Request, pk: int) -> Response:
        resume = get_object_or_404(access.visible_to(person(request)).defer("text"), pk=pk)
        if not resume.is_usable:
            raise Conflict(_("This resume has not been read yet, or could not be read."))
        headers = {"Content-Disposition": f'attachment; filename="resume-{resume.pk}.json"'}
        return Response(jsonresume.written(resume), headers=headers)
