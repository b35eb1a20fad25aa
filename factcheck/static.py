"""Static files in production: compressed, and named after their hash, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

_, MODULE_IMPORTS = CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns


class HashedFiles(CompressedManifestStaticFilesStorage):
    # Our modules import each other, and then under the hashed names too. Other people's files do not bear rewriting.
    patterns = (*CompressedManifestStaticFilesStorage.patterns, ("js/*.js", MODULE_IMPORTS))
