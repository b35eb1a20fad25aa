-- The entry of the search for what one annotation says, in less time. PostgreSQL works out at each call of a function
-- in SQL what it would do, unless it can write the function's text into the statement; and that it does with no function
-- that claims to change less than its parts do.

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
