"""Shapes of claims:search, as Google's Fact Check Tools API has them: a member that is not known is left out."""

from typing import Any

from rest_framework.serializers import CharField, DateTimeField

from annotations.api.readers.parts import Reader


class PublisherReader(Reader):
    name = CharField(help_text="Of the desk.")
    site = CharField(help_text="Host name, without www.")


class ClaimReviewReader(Reader):
    publisher = PublisherReader()
    url = CharField(help_text="The verdict on the public page.")
    title = CharField(help_text="Of the article.")
    reviewDate = DateTimeField()
    textualRating = CharField(help_text="Name of the verdict.")
    languageCode = CharField(required=False, help_text="BCP 47.")


class ClaimReader(Reader):
    text = CharField()
    claimant = CharField(required=False, help_text="Who said it.")
    claimDate = DateTimeField(required=False)
    claimReview: Any = ClaimReviewReader(many=True)


class ClaimsReader(Reader):
    claims: Any = ClaimReader(many=True, required=False)
    nextPageToken = CharField(required=False)
