-- What the programme believes of its facts today. Runs as it stands on DuckDB and Spark.
--
-- Reads   every_fact        all facts that were read, docs/contracts.md section 7
--         writers           authority, chain ('' = every chain), lms
--         aliases, mergers  see rule/tables.py
-- Gives   the step `facts`, which rule/certification.sql reads; and the number of facts whose
--         author may no longer write
--
-- Nothing counts by an authority that programme.yaml no longer lists for that chain, and as
-- LMS-recorded what an LMS alone may say; anybody can write `cmi5`. What the programme itself read
-- from an export of an LMS has the authority `lms-import`, which is no digest, so that no
-- statement can claim it.

WITH kinds AS (
    SELECT authority, chain, evidence, count(*) AS number
    FROM every_fact
    GROUP BY authority, chain, evidence
),

source_kinds AS (
    SELECT
        kinds.authority, kinds.chain, kinds.evidence, kinds.number,
        kinds.authority IS NULL
        OR kinds.authority = 'lms-import'
        OR listed.writers = 0
        OR for_all.authority IS NOT NULL
        OR for_one.authority IS NOT NULL AS is_ours,
        kinds.evidence = 'lms_recorded'
        AND coalesce(kinds.authority, '') <> 'lms-import'
        AND lms.authority IS NULL AS boasts
    FROM kinds
    CROSS JOIN (SELECT count(*) AS writers FROM writers) AS listed
    LEFT JOIN (SELECT DISTINCT authority FROM writers WHERE chain = '') AS for_all
      ON for_all.authority = kinds.authority
    LEFT JOIN (SELECT DISTINCT authority, chain FROM writers) AS for_one
      ON for_one.authority = kinds.authority AND for_one.chain = kinds.chain
    LEFT JOIN (SELECT DISTINCT authority FROM writers WHERE lms) AS lms
      ON lms.authority = kinds.authority
),

believed AS (
    SELECT
        every_fact.statement_id, every_fact.verb, every_fact.course, every_fact.course_version,
        every_fact.chain, every_fact.learner, every_fact.hotel, every_fact.hotel_source,
        CASE WHEN source_kinds.boasts THEN 'self_asserted' ELSE every_fact.evidence
        END AS evidence,
        every_fact.completion, every_fact.success, every_fact.registration,
        every_fact.timestamp, every_fact.stored, every_fact.sent_at, every_fact.authority,
        every_fact.language, every_fact.source, every_fact.line, every_fact.profile
    FROM every_fact
    JOIN source_kinds
      ON source_kinds.authority IS NOT DISTINCT FROM every_fact.authority
     AND source_kinds.chain = every_fact.chain
     AND source_kinds.evidence = every_fact.evidence
    WHERE source_kinds.is_ours
),

-- Hotels that were merged are one by now. People who came under several ids are brought together
-- on every reading, never in the store; an id that is not the LMS's own and that no roster knows
-- is nobody's.
facts AS (
    SELECT
        believed.statement_id, believed.verb, believed.course, believed.course_version,
        believed.chain,
        CASE
            WHEN aliases.learner IS NOT NULL THEN aliases.learner
            WHEN believed.learner LIKE '%/alias/%' THEN concat(believed.chain, '/anonymous')
            ELSE believed.learner
        END AS learner,
        coalesce(mergers.into_hotel, believed.hotel) AS hotel, believed.hotel_source,
        believed.evidence, believed.completion, believed.success, believed.registration,
        believed.timestamp, believed.stored, believed.sent_at, believed.authority,
        believed.language, believed.source, believed.line, believed.profile
    FROM believed
    LEFT JOIN aliases ON aliases.alias = believed.learner
    LEFT JOIN mergers ON mergers.hotel = believed.hotel
)

SELECT coalesce(sum(number), 0) AS disowned
FROM source_kinds
WHERE NOT is_ours
