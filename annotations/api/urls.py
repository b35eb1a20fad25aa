"""Every address of API v1."""

from django.urls import path, re_path

from annotations.api import (
    annotations,
    articles,
    claimreviews,
    claims,
    coverage,
    desks,
    errors,
    events,
    exports,
    identities,
    imports,
    parts,
    revisions,
    schema,
    texts,
    tokens,
    transitions,
    verdicts,
    webhooks,
)

app_name = "api"
urlpatterns = [
    path("tokens/", tokens.Tokens.as_view(), name="tokens"),
    path("tokens/current/", tokens.CurrentToken.as_view(), name="current-token"),
    path("desks/", desks.Desks.as_view(), name="desks"),
    path("desks/<str:id>/", desks.DeskDetail.as_view(), name="desk"),
    path("vocabularies/", desks.Vocabularies.as_view(), name="vocabularies"),
    path("vocabularies/<str:id>/", desks.VocabularyDetail.as_view(), name="vocabulary"),
    path("terms/", desks.Terms.as_view(), name="terms"),
    path("terms/<str:id>/", desks.TermDetail.as_view(), name="term"),
    path("articles/", articles.Articles.as_view(), name="articles"),
    path("articles/<str:id>/", articles.ArticleDetail.as_view(), name="article"),
    path("articles/<str:id>/text/", texts.ArticleText.as_view(), name="article-text"),
    path("articles/<str:id>/source/", texts.ArticleSource.as_view(), name="article-source"),
    path("articles/<str:id>/revisions/", revisions.Revisions.as_view(), name="revisions"),
    path("articles/<str:id>/revisions/<str:number>/", revisions.RevisionDetail.as_view(), name="revision"),
    path("articles/<str:id>/revisions/<str:number>/carry-over/", revisions.CarryOver.as_view(), name="carry-over"),
    path("articles/<str:id>/transitions/", transitions.ArticleTransitions.as_view(), name="article-transitions"),
    path("articles/<str:id>/coverage/", coverage.ArticleCoverage.as_view(), name="coverage"),
    path("annotations/", annotations.Annotations.as_view(), name="annotations"),
    path("annotations/<str:id>/", annotations.AnnotationDetail.as_view(), name="annotation"),
    path("annotations/<str:id>/place/", revisions.AnnotationPlace.as_view(), name="place"),
    path("annotations/<str:id>/placements/", revisions.AnnotationPlacements.as_view(), name="placements"),
    path("annotations/<str:id>/transitions/", transitions.AnnotationTransitions.as_view(), name="transitions"),
    path("annotations/<str:id>/evidence/", parts.AnnotationEvidence.as_view(), name="evidence"),
    path("annotations/<str:id>/attributions/", parts.AnnotationAttributions.as_view(), name="attributions"),
    path(
        "annotations/<str:id>/attributions/<str:attribution>/identity/",
        identities.AttributionIdentity.as_view(),
        name="identity",
    ),
    path(
        "annotations/<str:id>/attributions/<str:attribution>/identity/read/",
        identities.IdentityReading.as_view(),
        name="identity-reading",
    ),
    path("annotations/<str:id>/links/", parts.AnnotationLinks.as_view(), name="links"),
    path("annotations/<str:id>/comments/", parts.AnnotationComments.as_view(), name="comments"),
    path(
        "annotations/<str:id>/comments/<str:comment>/resolve/",
        parts.CommentResolution.as_view(),
        name="comment-resolution",
    ),
    path("annotations/<str:id>/history/", parts.AnnotationHistory.as_view(), name="history"),
    path(
        "annotations/<str:id>/claimreview/", claimreviews.AnnotationClaimReview.as_view(), name="annotation-claimreview"
    ),
    path("import/<str:format>/", imports.Imports.as_view(), name="import"),
    path("events/", events.Events.as_view(), name="events"),
    path("webhooks/", webhooks.Webhooks.as_view(), name="webhooks"),
    path("webhooks/<str:id>/", webhooks.WebhookDetail.as_view(), name="webhook"),
    path("deliveries/", webhooks.Deliveries.as_view(), name="deliveries"),
    path("deliveries/<str:id>/replay/", webhooks.DeliveryReplay.as_view(), name="delivery-replay"),
    path("verdicts/", verdicts.Verdicts.as_view(), name="verdicts"),
    # Without a slash: it is Google's address. Its clients, given /api/v1/ as their endpoint, ask the second one.
    path("claims:search", claims.ClaimsSearch.as_view(), name="claims-search"),
    path("v1alpha1/claims:search", claims.ClaimsSearch.as_view(schema=None), name="claims-search-of-google"),
    *(path(f"export/{name}/", view.as_view(), name=f"export-{name}") for name, view in exports.EXPORTS.items()),
    path("schema/", schema.Schema.as_view(), name="schema"),
    path("docs/", schema.Docs.as_view(), name="docs"),
    # Last: what is not above is a problem document, never a redirect that would lose a body.
    re_path(r"", errors.unknown_path, name="unknown"),
]
