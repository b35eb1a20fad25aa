"""No index begins like another one: each costs every write, and the longer one answers for both."""

import pytest
from django.db import connection

REPEATED = """
    select a.indexrelid::regclass::text
    from pg_index a join pg_index b on a.indrelid = b.indrelid and a.indexrelid <> b.indexrelid
    where not a.indisunique and a.indnkeyatts <= b.indnkeyatts and a.indclass[0] = b.indclass[0]
        and num_nulls(a.indpred, a.indexprs, b.indpred, b.indexprs) = 4
        and (b.indkey::int2[])[0:a.indnkeyatts - 1] = (a.indkey::int2[])[0:a.indnkeyatts - 1]
        and a.indrelid::regclass::text in (
            'annotations_annotation', 'annotations_annotationterm', 'annotations_article', 'annotations_block',
            'annotations_event', 'annotations_placement', 'annotations_revision', 'annotations_storedfile',
            'annotations_textpiece')
"""


@pytest.mark.django_db
def test_no_index_of_a_large_table_repeats_another() -> None:
    with connection.cursor() as cursor:
        cursor.execute(REPEATED)

        assert cursor.fetchall() == []
