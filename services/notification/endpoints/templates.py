"""Templates: which there are, and what they look like."""

from typing import Annotated

from fastapi import APIRouter, Query

from services.notification.dependencies import LetterheadDep
from services.notification.domain.message import Language, Template
from services.notification.endpoints import rules
from services.notification.mail.page import write_page
from services.notification.mail.samples import sample_words
from services.notification.schemas import PreviewOut, TemplateOut, TemplatesOut
from shared.errors import Forbidden
from shared.http.problems import problems

router = APIRouter(prefix="/v1", tags=["templates"])


@router.get(
    "/templates",
    operation_id="listTemplates",
    dependencies=[rules.READ_TEMPLATES],
    summary="List the templates of mails",
    responses=problems(Forbidden),
)
async def list_templates() -> TemplatesOut:
    """All templates with their languages and versions. For the ministry and operators."""
    return TemplatesOut(items=[TemplateOut.of(template) for template in Template])


@router.get(
    "/templates/{name}/preview",
    operation_id="previewTemplate",
    dependencies=[rules.READ_TEMPLATES],
    summary="Preview a template",
    responses=problems(Forbidden),
)
async def preview_template(
    name: Template,
    letterhead: LetterheadDep,
    language: Annotated[Language, Query(description="The language to show")] = "ko",
) -> PreviewOut:
    """The newest version with made-up values. For the ministry and operators."""
    words = sample_words(name, language, public_url=letterhead.public_url, rehearsal=letterhead.rehearsal)
    return PreviewOut.of(name, words, write_page(words, letterhead.public_url))
