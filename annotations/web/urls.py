"""The addresses of every page."""

from django.contrib.auth import views as auth
from django.urls import URLPattern, path, register_converter, reverse_lazy

from annotations.services.evidence import KINDS
from annotations.web.forms.accounts import PasswordForm
from annotations.web.views import annotations, articles, desks, incoming, parts, reading, worklist


class PartKind:
    """The kinds of parts that can be retired."""

    regex = "|".join(KINDS)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(PartKind, "part")

app_name = "annotations"
urlpatterns: list[URLPattern] = [
    path("", worklist.worklist_page, name="worklist"),
    path("articles/", articles.article_list, name="articles"),
    path("articles/new/", incoming.new_article, name="new-article"),
    path("articles/new/<uuid:pk>/", incoming.preview_article, name="preview-article"),
    path("articles/<uuid:pk>/", reading.article_page, name="article"),
    path("articles/<uuid:pk>/cards/", reading.article_cards, name="cards"),
    path("articles/<uuid:pk>/annotate/", reading.annotate, name="annotate"),
    path("articles/<uuid:pk>/text/", articles.download_text, name="article-text"),
    path("articles/<uuid:pk>/source/", articles.download_source, name="article-source"),
    path("articles/<uuid:pk>/revisions/", articles.revisions, name="revisions"),
    path("articles/<uuid:pk>/edit/", articles.edit_details, name="edit-article"),
    path("annotations/<uuid:pk>/", annotations.annotation_page, name="annotation"),
    path("annotations/<uuid:pk>/card/", annotations.annotation_card, name="card"),
    path("annotations/<uuid:pk>/edit/", annotations.edit, name="edit-annotation"),
    path("annotations/<uuid:pk>/range/", annotations.resize, name="resize-annotation"),
    path("annotations/<uuid:pk>/withdraw/", annotations.withdraw, name="withdraw-annotation"),
    path("annotations/<uuid:pk>/undo/", annotations.undo, name="undo-annotation"),
    path("annotations/<uuid:pk>/evidence/", parts.evidence, name="add-evidence"),
    path("annotations/<uuid:pk>/attributions/", parts.attribution, name="add-attribution"),
    path("annotations/<uuid:pk>/links/", parts.link, name="add-link"),
    path("annotations/<uuid:pk>/retire/<part:kind>/<uuid:part>/", parts.retire, name="retire-part"),
    path("annotations/<uuid:pk>/comments/", parts.comment, name="comment"),
    path("comments/<uuid:pk>/resolve/", parts.resolve, name="resolve-comment"),
    path("evidence/<uuid:pk>/file/", parts.evidence_file, name="evidence-file"),
    path("desks/<slug:slug>/settings/", desks.desk_settings, name="desk-settings"),
    path("accounts/login/", auth.LoginView.as_view(redirect_authenticated_user=True), name="login"),
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
