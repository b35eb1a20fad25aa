"""The addresses of every page."""

from django.contrib.auth import views as auth
from django.urls import URLPattern, path, register_converter, reverse_lazy
from django.views.i18n import set_language

from annotations.core.moves import ANNOTATION_MOVES, ARTICLE_MOVES, actions_of
from annotations.services.evidence import KINDS
from annotations.web.forms.accounts import PasswordForm
from annotations.web.views import (
    accounts,
    annotations,
    articles,
    coverage,
    desks,
    history,
    identities,
    imports,
    incoming,
    live,
    members,
    new_accounts,
    overviews,
    parts,
    public,
    reading,
    review,
    revisions,
    saved_filters,
    search,
    several,
    sources,
    tokens,
    vocabularies,
    webhooks,
    worklist,
)


class Word:
    """One of some words, taken from the path as it is."""

    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class PartKind(Word):
    """The kinds of parts that can be retired."""

    regex = "|".join(KINDS)


class AnnotationMove(Word):
    """The moves of annotations."""

    regex = "|".join(actions_of(ANNOTATION_MOVES))


class ArticleMove(Word):
    """The moves of articles."""

    regex = "|".join(actions_of(ARTICLE_MOVES))


register_converter(PartKind, "part")
register_converter(AnnotationMove, "move")
register_converter(ArticleMove, "article_move")

app_name = "annotations"
urlpatterns: list[URLPattern] = [
    path("", worklist.worklist_page, name="worklist"),
    path("notices/read/", worklist.read_notices, name="read-notices"),
    path("search/", search.search_page, name="search"),
    path("filters/", saved_filters.save, name="save-filter"),
    path("filters/<uuid:pk>/", saved_filters.change, name="change-filter"),
    path("filters/<uuid:pk>/delete/", saved_filters.delete, name="delete-filter"),
    path("filters/<uuid:pk>/undo/", saved_filters.restore, name="restore-filter"),
    path("articles/", articles.article_list, name="articles"),
    path("articles/new/", incoming.new_article, name="new-article"),
    path("articles/new/<uuid:pk>/", incoming.preview_article, name="preview-article"),
    path("articles/<uuid:pk>/", reading.article_page, name="article"),
    path("articles/<uuid:pk>/colours/", reading.choose_colours, name="choose-colours"),
    path("articles/<uuid:pk>/cards/", reading.article_cards, name="cards"),
    path("articles/<uuid:pk>/changes/", live.article_changes, name="article-changes"),
    path("articles/<uuid:pk>/ruler/", reading.article_ruler, name="ruler"),
    path("articles/<uuid:pk>/annotate/", reading.annotate, name="annotate"),
    path("articles/<uuid:pk>/facts/", sources.fetch_facts, name="evidence-facts"),
    path("articles/<uuid:pk>/text/", articles.download_text, name="article-text"),
    path("articles/<uuid:pk>/source/", articles.download_source, name="article-source"),
    path("articles/<uuid:pk>/revisions/", revisions.revisions, name="revisions"),
    path("articles/<uuid:pk>/revisions/new/", revisions.new_copy, name="new-copy"),
    path("articles/<uuid:pk>/revisions/<int:number>/", revisions.older_text, name="older-text"),
    path("articles/<uuid:pk>/revisions/<int:number>/carry-over/", revisions.carry_over, name="carry-over"),
    path("articles/<uuid:pk>/edit/", articles.edit_details, name="edit-article"),
    path("articles/<uuid:pk>/moves/<article_move:action>/", review.move_of_article, name="move-article"),
    path("articles/<uuid:pk>/review/", review.review_panel, name="review-panel"),
    path("articles/<uuid:pk>/coverage/", coverage.coverage, name="coverage"),
    path("articles/<uuid:pk>/history/", history.article_history, name="article-history"),
    path("articles/<uuid:pk>/overview/", overviews.of_article, name="article-overview"),
    path("desks/<slug:slug>/overview/", overviews.of_desk, name="desk-overview"),
    path("events/articles/<uuid:pk>/", live.no_stream, name="events"),
    path("p/<uuid:pk>/", public.public_article, name="public-article"),
    path("annotations/several/", several.several_page, name="several"),
    path("annotations/several/<uuid:pk>/", several.several_done, name="several-done"),
    path("annotations/several/<uuid:pk>/undo/", several.undo_several, name="undo-several"),
    path("annotations/<uuid:pk>/", annotations.annotation_page, name="annotation"),
    path("annotations/<uuid:pk>/card/", annotations.annotation_card, name="card"),
    path("annotations/<uuid:pk>/edit/", annotations.edit, name="edit-annotation"),
    path("annotations/<uuid:pk>/range/", annotations.resize, name="resize-annotation"),
    path("annotations/<uuid:pk>/withdraw/", annotations.withdraw, name="withdraw-annotation"),
    path("annotations/<uuid:pk>/moves/<move:action>/", review.move, name="move-annotation"),
    path("annotations/<uuid:pk>/place/", revisions.place, name="place-annotation"),
    path("annotations/<uuid:pk>/assign/", review.assign_annotation, name="assign"),
    path("annotations/<uuid:pk>/history/", history.annotation_history, name="annotation-history"),
    path("attributions/<uuid:pk>/identity/", identities.keep, name="keep-identity"),
    path("attributions/<uuid:pk>/identity/read/", identities.read, name="read-identity"),
    path("annotations/<uuid:pk>/undo/", annotations.undo, name="undo-annotation"),
    path("annotations/<uuid:pk>/evidence/", parts.evidence, name="add-evidence"),
    path("annotations/<uuid:pk>/attributions/", parts.attribution, name="add-attribution"),
    path("annotations/<uuid:pk>/links/", parts.link, name="add-link"),
    path("annotations/<uuid:pk>/retire/<part:kind>/<uuid:part>/", parts.retire, name="retire-part"),
    path("annotations/<uuid:pk>/comments/", parts.comment, name="comment"),
    path("comments/<uuid:pk>/resolve/", parts.resolve, name="resolve-comment"),
    path("evidence/<uuid:pk>/file/", parts.evidence_file, name="evidence-file"),
    path("desks/<slug:slug>/settings/", desks.desk_settings, name="desk-settings"),
    path("desks/<slug:slug>/about/", desks.desk_about, name="describe-desk"),
    path("desks/<slug:slug>/policies/", desks.desk_policies, name="desk-policies"),
    path("desks/<slug:slug>/members/", members.member_list, name="members"),
    path("desks/<slug:slug>/members/new/", new_accounts.new_account, name="new-account"),
    path("members/<uuid:pk>/", members.member, name="member"),
    path("members/<uuid:pk>/password/", new_accounts.new_password, name="new-password"),
    path("members/<uuid:pk>/deactivate/", members.deactivate, name="deactivate-member"),
    path("members/<uuid:pk>/bring-back/", members.bring_back, name="bring-back-member"),
    path("desks/<slug:slug>/vocabularies/<slug:key>/", vocabularies.vocabulary, name="vocabulary"),
    path("desks/<slug:slug>/terms/<slug:key>/", vocabularies.term, name="term"),
    path("desks/<slug:slug>/terms/<slug:key>/change/", vocabularies.change_term, name="change-term"),
    path("vocabulary-changes/<uuid:pk>/undo/", vocabularies.undo_term_change, name="undo-term-change"),
    path("desks/<slug:slug>/webhooks/", webhooks.webhook_list, name="webhooks"),
    path("desks/<slug:slug>/imports/", imports.import_list, name="imports"),
    path("imports/<uuid:pk>/", imports.import_run, name="import-run"),
    path("webhooks/<uuid:pk>/", webhooks.webhook, name="webhook"),
    path("deliveries/<uuid:pk>/replay/", webhooks.replay, name="replay-delivery"),
    path("language/", set_language, name="set-language"),
    path("accounts/tokens/", tokens.token_list, name="tokens"),
    path("accounts/tokens/<uuid:pk>/revoke/", tokens.revoke, name="revoke-token"),
    path("accounts/login/", accounts.Login.as_view(), name="login"),
    path("accounts/logout/", auth.LogoutView.as_view(), name="logout"),
    path(
        "accounts/password/",
        auth.PasswordChangeView.as_view(
            template_name="registration/change_password.html",
            form_class=PasswordForm,
            success_url=reverse_lazy("annotations:worklist"),
        ),
        name="change-password",
    ),
]
