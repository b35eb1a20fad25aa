-- The entry of the search for what one annotation says, and the look at its labels, in less time. PostgreSQL works out at
-- each call of a function in SQL what it would do, unless it can write the function's text into the statement; and that
-- it does with no function that claims to change less than its parts do.

create or replace function factcheck_language(tag text) returns regconfig language plpgsql immutable parallel safe as $$
begin
    return case split_part(lower(tag), '-', 1)
        when 'ar' then 'arabic'::regconfig when 'ca' then 'catalan' when 'da' then 'danish' when 'de' then 'german'
        when 'el' then 'greek' when 'en' then 'english' when 'es' then 'spanish' when 'eu' then 'basque'
        when 'fi' then 'finnish' when 'fr' then 'french' when 'ga' then 'irish' when 'hi' then 'hindi'
        when 'hu' then 'hungarian' when 'hy' then 'armenian' when 'id' then 'indonesian' when 'it' then 'italian'
        when 'lt' then 'lithuanian' when 'nb' then 'norwegian' when 'ne' then 'nepali' when 'nl' then 'dutch'
        when 'nn' then 'norwegian' when 'no' then 'norwegian' when 'pt' then 'portuguese' when 'ro' then 'romanian'
        when 'ru' then 'russian' when 'sr' then 'serbian' when 'sv' then 'swedish' when 'ta' then 'tamil'
        when 'tr' then 'turkish' when 'yi' then 'yiddish' else 'simple'
    end;
end $$;

alter function factcheck_lines(variadic text[]) stable;

create or replace function factcheck_find_annotations() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
begin
    if (select factcheck_is_bulk(count(distinct article_id), count(*)) from added) then
        insert into annotations_searchbacklog (desk_id, article_id) select distinct desk_id, article_id from added;
        return null;
    end if;
    insert into annotations_searchentry (kind, desk_id, article_id, annotation_id, object_id, text, fragments, words)
        select 'annotation', n.desk_id, n.article_id, n.id, n.id, n.lines, factcheck_lines(n.claim, n.note),
            factcheck_words_of(a.language, n.lines)
        from (select *, factcheck_lines(exact, claim, note) as lines from added) n
        join annotations_article a on a.id = n.article_id;
    return null;
end $$;

-- As before, with one look at all that was found first: each `perform` is a statement of its own.
create or replace function factcheck_labels_added() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
    found record;
begin
    select bool_or(t.id is null) as has_foreign_term, bool_or(v.key = 'verdict') as has_verdict,
        bool_or(l.is_foreign) as is_foreign, bool_or(a.state not in ('draft', 'checking')) as is_locked,
        bool_or(l.state in ('proposed', 'disputed', 'signed_off')) as is_judged
        into found
        from (
            select distinct added.desk_id, added.term_id, n.desk_id is distinct from added.desk_id as is_foreign,
                n.article_id, n.state
            from added left join annotations_annotation n on n.id = added.annotation_id
        ) l
        left join annotations_term t on t.id = l.term_id and t.desk_id = l.desk_id
        left join annotations_vocabulary v on v.id = t.vocabulary_id
        left join annotations_article a on a.id = l.article_id;
    if found.has_verdict or found.has_foreign_term or found.is_foreign or found.is_locked or found.is_judged then
        perform factcheck_refused_unless(found.has_verdict is not true, 'annotationterm_no_verdict', 'A verdict is not a label.');
        perform factcheck_refused_unless(found.has_foreign_term is not true, 'annotationterm_term_same_desk',
            'The term is not on the desk of the label.');
        perform factcheck_refused_unless(found.is_foreign is not true, 'annotationterm_annotation_same_desk',
            'The annotation is not on the desk of the label.');
        perform factcheck_refused_unless(found.is_locked is not true, 'article_locked',
            'The article is locked: reopen it first.');
        perform factcheck_refused_unless(found.is_judged is not true, 'annotation_change_voids',
            'A change to what was proposed makes it need a recheck.');
    end if;
    return null;
end $$;
