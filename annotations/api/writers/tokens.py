"""What a client sends to get a token."""

from rest_framework import serializers

from annotations.api.fields import OneOf, Text
from annotations.api.writers.base import Writer
from annotations.core.scopes import Scope


class TokenWriter(Writer):
    username = Text(max_length=150)
    password = Text(style={"input_type": "password"}, help_text="Used once, to get the token.")
    name = Text(help_text="What the token is for, for people who look at a list of tokens.")
    scopes = serializers.ListField(child=OneOf(Scope), required=False, help_text="All three when not given.")
