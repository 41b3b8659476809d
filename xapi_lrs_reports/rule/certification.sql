-- The certification rule, once. Runs as it stands on DuckDB, PostgreSQL and Spark: no bind
-- parameters, no date arithmetic, no division, exact integers.
--
-- Reads   rule              one row, see rule/tables.py
--         base_days         day, tenured_by, kept_from: the as-of date, or the days of an average
--         accepted_courses  course, tested
--         old_versions      course, course_version: versions below content_min_version
--         contracts         contract, in_base, beside
--         counting_profiles profile: guests whose completions count all the same
--         shares            places, weight: what one place weighs of so many
--         floors            department, floor, required
--         tiers             tier, threshold
--         voiders           authority, chain ('' = every chain)
--         hotels            hotel, chain, headcount (NULL = none declared)
--         roster            hotel, learner, department, contract, fte, joined, left_on (no NULLs)
--         issued_codes      hotel, learner: who was given a personal code
--         listed            hotel, learner, reason ('' = counts): people of a roster whose hotel was
--                           merged with one that goes by a declared number
--         facts, voids      docs/contracts.md section 7
-- Gives   hotel ('' = the whole programme), measure, item, amount
--
-- A completion's standing: 6 counts, 5 old version, 4 outside the window, 3 too weak evidence,
-- 2 voided, 1 not passed. Of several completions the one with the highest standing speaks for the
-- person.
--
-- Shares are compared in weights: rule.full_weight is one full-time person at one place, and what
-- is summed over rule.days days is compared with rule.days times the completions of today.

WITH honoured AS (
    SELECT voids.statement_id, voids.target_id, voiders.chain
    FROM voids
    JOIN voiders ON voiders.authority = voids.by_authority
),

targets AS (
    SELECT DISTINCT facts.statement_id, facts.learner, facts.course, facts.registration, facts.verb
    FROM facts
    JOIN honoured
      ON honoured.target_id = facts.statement_id
     AND (honoured.chain = '' OR honoured.chain = facts.chain)
),

-- An attempt says twice that it was passed, in `completed` and in `passed`. Who takes one of them
-- back takes back the completion.
voided AS (
    SELECT statement_id FROM targets
    UNION
    SELECT facts.statement_id
    FROM targets
    JOIN facts
      ON facts.registration = targets.registration
     AND facts.learner = targets.learner
     AND facts.course = targets.course
    WHERE facts.verb IN ('completed', 'passed')
      AND targets.verb IN ('completed', 'passed')
    UNION
    -- A completion code says the same of the same day, without naming the attempt.
    SELECT codes.statement_id
    FROM targets
    JOIN facts AS taken ON taken.statement_id = targets.statement_id
    JOIN facts AS codes
      ON codes.learner = taken.learner
     AND codes.course = taken.course
     AND CAST(codes.timestamp AS DATE) = CAST(coalesce(taken.sent_at, taken.timestamp) AS DATE)
    WHERE codes.evidence = 'code'
      AND targets.verb IN ('completed', 'passed')
),

-- Only facts can be taken back: a voiding statement cannot be voided (xAPI 1.0.3 Data, section
-- 2.3.2). A void whose target was not read yet waits for it.
effective_voids AS (
    SELECT honoured.statement_id
    FROM honoured
    LEFT JOIN facts ON facts.statement_id = honoured.target_id
    LEFT JOIN voids AS taken ON taken.statement_id = honoured.target_id
    WHERE (facts.statement_id IS NULL AND taken.statement_id IS NULL)
       OR (facts.statement_id IS NOT NULL
           AND (honoured.chain = '' OR honoured.chain = facts.chain))
),

evidence AS (
    SELECT
        facts.statement_id, facts.registration, facts.chain, facts.learner, facts.hotel,
        facts.course, facts.course_version, facts.timestamp,
        CASE facts.evidence
            WHEN 'lms_recorded' THEN 3 WHEN 'self_asserted' THEN 2 WHEN 'code' THEN 1 ELSE 0
        END AS evidence_level,
        CASE WHEN facts.learner LIKE '%/anonymous' THEN 1 ELSE 0 END AS is_anonymous,
        facts.profile,
        CASE WHEN facts.profile IS NULL OR counting_profiles.profile IS NOT NULL
             THEN 1 ELSE 0 END AS is_staff,
        CASE WHEN coalesce(facts.success, TRUE) AND (
                (facts.verb = 'passed')
                OR (coalesce(facts.success, FALSE) AND rule.counts <> 'completed')
                OR (coalesce(facts.completion, TRUE) AND (
                        rule.counts = 'completed'
                        OR (rule.counts <> 'passed' AND facts.evidence = 'attendance_list')
                        OR (rule.counts = 'passed_or_untested' AND NOT accepted_courses.tested))))
             THEN 1 ELSE 0
        END AS is_done
    FROM facts
    JOIN accepted_courses ON accepted_courses.course = facts.course
    CROSS JOIN rule
    LEFT JOIN (SELECT DISTINCT profile FROM counting_profiles) AS counting_profiles
      ON counting_profiles.profile = facts.profile
    WHERE facts.verb IN ('completed', 'passed')
),

completions AS (
    SELECT
        evidence.*,
        CASE
            WHEN evidence.is_done = 0 THEN 1
            WHEN voided.statement_id IS NOT NULL THEN 2
            WHEN evidence.evidence_level < rule.min_evidence_level
              OR (evidence.evidence_level = 0 AND NOT rule.attendance_lists) THEN 3
            WHEN evidence.timestamp < rule.window_from
              OR evidence.timestamp >= rule.window_until THEN 4
            WHEN old_versions.course IS NOT NULL THEN 5
            ELSE 6
        END AS standing
    FROM evidence
    CROSS JOIN rule
    LEFT JOIN voided ON voided.statement_id = evidence.statement_id
    LEFT JOIN old_versions
      ON old_versions.course = evidence.course
     AND old_versions.course_version = evidence.course_version
),

-- The best completion of each learner among those that name the same hotel and version; `as_staff`
-- leaves out what was done under a profile that does not count. Whom a roster knows as an employee
-- is one whatever profile they chose: HR's word goes before a tap. Of everybody else only `as_staff`
-- can count.
attempts AS (
    SELECT
        learner, hotel, chain, course_version,
        max(standing) AS standing,
        max(CASE WHEN standing = 6 THEN evidence_level ELSE 0 END) AS evidence_level,
        max(standing * is_staff) AS as_staff,
        max(CASE WHEN standing = 6 THEN evidence_level * is_staff ELSE 0 END)
        AS evidence_as_staff
    FROM completions
    WHERE is_anonymous = 0
    GROUP BY learner, hotel, chain, course_version
),

-- The best completion of each learner, wherever it was made.
learners AS (
    SELECT
        learner,
        max(standing) AS standing,
        max(evidence_level) AS evidence_level,
        max(as_staff) AS as_staff,
        max(evidence_as_staff) AS evidence_as_staff
    FROM attempts
    GROUP BY learner
),

-- The best completion of each learner that names a hotel of the learner's own chain.
named AS (
    SELECT
        attempts.hotel,
        attempts.learner,
        max(attempts.standing) AS standing,
        max(attempts.as_staff) AS as_staff,
        max(attempts.evidence_as_staff) AS evidence_as_staff
    FROM attempts
    JOIN hotels ON hotels.hotel = attempts.hotel AND hotels.chain = attempts.chain
    GROUP BY attempts.hotel, attempts.learner
),

-- The roster, and what each of its people has completed: standing 0 is nothing.
staff AS (
    SELECT
        roster.hotel, roster.learner, roster.department, roster.contract, roster.fte,
        roster.joined, roster.left_on, contracts.in_base, contracts.beside,
        coalesce(learners.standing, 0) AS standing,
        coalesce(learners.as_staff, 0) AS as_staff,
        coalesce(learners.evidence_level, 0) AS evidence_level,
        CASE WHEN roster.joined <= rule.as_of AND rule.as_of < roster.left_on
             THEN 1 ELSE 0 END AS is_active,
        CASE WHEN roster.left_on <= rule.as_of THEN 1 ELSE 0 END AS has_left
    FROM roster
    JOIN contracts ON contracts.contract = roster.contract
    CROSS JOIN rule
    LEFT JOIN learners ON learners.learner = roster.learner
),

-- Of the roster, who has completed the course: one row per person and hotel, since somebody hired
-- twice is still one person.
finishers AS (
    SELECT hotel, learner, max(is_active) AS is_active, max(has_left) AS has_left
    FROM staff
    WHERE standing = 6
    GROUP BY hotel, learner
),

staffed AS (
    SELECT DISTINCT hotel FROM staff
),

-- Who belongs to the base on each of its days. `kept_from`: leavers since then stay in it.
counted_rows AS (
    SELECT
        base_days.day, staff.hotel, staff.learner, staff.department,
        staff.fte, staff.joined, staff.standing, staff.as_staff, staff.evidence_level,
        CASE WHEN staff.joined > base_days.tenured_by THEN 1 ELSE 0 END AS is_new
    FROM staff
    JOIN base_days
      ON staff.joined <= base_days.day
     AND staff.joined < staff.left_on
     AND (base_days.day < staff.left_on OR staff.left_on > base_days.kept_from)
    WHERE staff.in_base
),

counted AS (
    SELECT day, hotel, learner,
        max(standing) AS standing, max(as_staff) AS as_staff,
        max(evidence_level) AS evidence_level,
        min(is_new) AS is_new, min(joined) AS joined, least(100, sum(fte)) AS fte
    FROM counted_rows
    GROUP BY day, hotel, learner
),

-- Few people work at several places; they alone are put in order, and only where the rule asks.
several AS (
    SELECT counted.day, counted.learner, count(*) AS places
    FROM counted
    JOIN rule ON rule.multi_property <> 'each'
    GROUP BY counted.day, counted.learner
    HAVING count(*) > 1
),

-- `home` is the place where somebody has worked longest, of two such the first by name.
ranked AS (
    SELECT
        counted.day, counted.hotel, counted.learner,
        CASE WHEN rule.multi_property = 'share' THEN shares.weight ELSE rule.place_weight
        END AS place_weight,
        row_number() OVER (
            PARTITION BY counted.day, counted.learner ORDER BY counted.joined, counted.hotel
        ) AS place
    FROM counted
    JOIN several ON several.day = counted.day AND several.learner = counted.learner
    JOIN shares ON shares.places = least(several.places, 12)
    CROSS JOIN rule
),

placed AS (
    SELECT counted.*, ranked.place_weight, coalesce(ranked.place, 1) AS place
    FROM counted
    LEFT JOIN ranked
      ON ranked.day = counted.day
     AND ranked.hotel = counted.hotel
     AND ranked.learner = counted.learner
),

-- Somebody new who has completed counts at once, on both sides of the share; others when they
-- have stayed.
based AS (
    SELECT
        placed.day, placed.hotel, placed.learner,
        placed.standing, placed.as_staff, placed.evidence_level,
        CASE WHEN rule.unit = 'fte' THEN placed.fte ELSE 100 END
        * coalesce(placed.place_weight, rule.place_weight) AS weight
    FROM placed
    CROSS JOIN rule
    WHERE (rule.multi_property <> 'home' OR placed.place = 1)
      AND (placed.is_new = 0 OR placed.standing = 6)
),

-- Where personal codes were issued, the chain's key lies open on a web site: of its hotels, only
-- learners of a roster or of the register of codes are believed to be anybody.
coded_chains AS (
    SELECT DISTINCT hotels.chain
    FROM issued_codes
    JOIN hotels ON hotels.hotel = issued_codes.hotel
),

holders AS (
    SELECT DISTINCT issued_codes.hotel, issued_codes.learner
    FROM issued_codes
    LEFT JOIN listed
      ON listed.hotel = issued_codes.hotel AND listed.learner = issued_codes.learner
    WHERE issued_codes.hotel NOT IN (SELECT hotel FROM staffed)
      AND listed.learner IS NULL
),

-- Who completed the course at a hotel without a roster, and of them those whom a roster puts
-- elsewhere.
loose AS (
    SELECT
        named.hotel, named.learner, named.standing, named.as_staff, named.evidence_as_staff
    FROM named
    WHERE named.hotel NOT IN (SELECT hotel FROM staffed)
),

employed AS (
    SELECT loose.learner
    FROM loose
    JOIN staff ON staff.learner = loose.learner
    WHERE staff.is_active = 1
    UNION
    SELECT learner FROM listed WHERE reason IN ('', 'contract')
),

-- The people whom the numerator may count: the roster says who works where, the register of codes
-- who was given one. A hotel without either goes by what the statements say, of learners whom no
-- roster puts elsewhere. Listed people are employees, whatever profile they chose.
unlisted AS (
    SELECT
        loose.hotel, loose.learner, loose.as_staff AS standing,
        loose.evidence_as_staff AS evidence_level, rule.full_weight AS weight
    FROM loose
    CROSS JOIN rule
    LEFT JOIN listed ON listed.hotel = loose.hotel AND listed.learner = loose.learner
    WHERE loose.as_staff > 0
      AND listed.learner IS NULL
      AND loose.learner NOT IN (SELECT learner FROM employed)
      AND loose.hotel NOT IN (
          SELECT hotels.hotel FROM hotels JOIN coded_chains ON coded_chains.chain = hotels.chain)
    UNION ALL
    SELECT holders.hotel, holders.learner, learners.as_staff, learners.evidence_as_staff,
        rule.full_weight
    FROM holders
    CROSS JOIN rule
    JOIN learners ON learners.learner = holders.learner
    WHERE learners.as_staff > 0
    UNION ALL
    SELECT listed.hotel, listed.learner, learners.standing, learners.evidence_level,
        rule.full_weight
    FROM listed
    CROSS JOIN rule
    JOIN learners ON learners.learner = listed.learner
    WHERE listed.reason = '' AND learners.standing > 0
),

people AS (
    SELECT based.hotel, based.learner, based.standing, based.evidence_level, based.weight
    FROM based
    JOIN rule ON rule.as_of = based.day
    UNION ALL
    SELECT hotel, learner, standing, evidence_level, weight FROM unlisted
),

tally AS (
    SELECT hotel, standing, evidence_level, is_nobody, count(*) AS people, sum(weight) AS weight
    FROM (
        SELECT hotel, standing, evidence_level, weight,
            CASE WHEN learner LIKE '%/anonymous/%' THEN 1 ELSE 0 END AS is_nobody
        FROM people
    ) AS people_and_nobodies
    GROUP BY hotel, standing, evidence_level, is_nobody
),

done AS (
    SELECT hotel, sum(people) AS done, sum(weight) AS weight
    FROM tally
    WHERE standing = 6
    GROUP BY hotel
),

rostered AS (
    SELECT hotel, sum(people) AS people, sum(weight) AS weight
    FROM (
        SELECT hotel, 1 AS people, weight FROM based
        UNION ALL
        SELECT hotel, 0, 0 FROM staffed
    ) AS rows_of_all_hotels
    GROUP BY hotel
),

-- Everybody of whom there is any statement; read only where the rule asks for it.
enrolled AS (
    SELECT hotel, count(*) AS people
    FROM (
        SELECT facts.hotel, facts.learner
        FROM facts
        JOIN rule ON rule.headcount_source = 'lms_enrolled'
        JOIN hotels ON hotels.hotel = facts.hotel AND hotels.chain = facts.chain
        LEFT JOIN listed ON listed.hotel = facts.hotel AND listed.learner = facts.learner
        WHERE facts.learner NOT LIKE '%/anonymous'
          AND listed.learner IS NULL
          AND hotels.chain NOT IN (SELECT chain FROM coded_chains)
          AND facts.hotel NOT IN (SELECT hotel FROM staffed)
          AND facts.learner NOT IN (
              SELECT staff.learner
              FROM staff
              JOIN rule ON rule.headcount_source = 'lms_enrolled'
              WHERE staff.is_active = 1
              UNION
              SELECT learner FROM listed WHERE reason IN ('', 'contract'))
        UNION
        SELECT believed.hotel, believed.learner
        FROM (
            SELECT people.hotel, people.learner
            FROM people
            JOIN rule ON rule.headcount_source = 'lms_enrolled'
            UNION
            SELECT holders.hotel, holders.learner
            FROM holders
            JOIN rule ON rule.headcount_source = 'lms_enrolled'
            UNION
            SELECT listed.hotel, listed.learner
            FROM listed
            JOIN rule ON rule.headcount_source = 'lms_enrolled'
            WHERE listed.reason = ''
        ) AS believed
        JOIN facts ON facts.learner = believed.learner
    ) AS everybody
    GROUP BY hotel
),

sources AS (
    SELECT
        hotels.hotel,
        CASE
            WHEN rule.headcount_source = 'lms_enrolled'
            THEN CASE WHEN enrolled.hotel IS NULL THEN 'none' ELSE 'enrolled' END
            WHEN rule.headcount_source = 'max_of' AND rostered.hotel IS NOT NULL
             AND hotels.headcount * rule.full_weight * rule.days > rostered.weight
            THEN 'declared'
            WHEN rule.headcount_source <> 'declared' AND rostered.hotel IS NOT NULL THEN 'roster'
            WHEN rule.headcount_source <> 'roster' AND hotels.headcount IS NOT NULL THEN 'declared'
            ELSE 'none'
        END AS source,
        coalesce(enrolled.people, 0) AS enrolled
    FROM hotels
    CROSS JOIN rule
    LEFT JOIN enrolled ON enrolled.hotel = hotels.hotel
    LEFT JOIN rostered ON rostered.hotel = hotels.hotel
),

bases AS (
    SELECT
        sources.hotel,
        sources.source,
        coalesce(done.done, 0) AS done,
        coalesce(done.weight, 0) * rule.days AS done_weight,
        CASE source
            WHEN 'roster' THEN rostered.people
            WHEN 'declared' THEN hotels.headcount * rule.days
            WHEN 'enrolled' THEN sources.enrolled * rule.days
            ELSE 0
        END AS base,
        CASE source
            WHEN 'roster' THEN rostered.weight
            WHEN 'declared' THEN hotels.headcount * rule.full_weight * rule.days
            WHEN 'enrolled' THEN sources.enrolled * rule.full_weight * rule.days
            ELSE 0
        END AS base_weight
    FROM sources
    CROSS JOIN rule
    JOIN hotels ON hotels.hotel = sources.hotel
    LEFT JOIN done ON done.hotel = sources.hotel
    LEFT JOIN rostered ON rostered.hotel = sources.hotel
),

-- The departments that the rule looks at; who works in two counts in both.
departments AS (
    SELECT
        staffed.hotel, staffed.department,
        count(*) AS people,
        sum(CASE WHEN people.standing = 6 THEN 1 ELSE 0 END) AS done
    FROM (
        SELECT DISTINCT counted_rows.hotel, counted_rows.department, counted_rows.learner
        FROM counted_rows
        JOIN rule ON rule.as_of = counted_rows.day
        WHERE counted_rows.department IN (SELECT department FROM floors)
    ) AS staffed
    JOIN people ON people.hotel = staffed.hotel AND people.learner = staffed.learner
    GROUP BY staffed.hotel, staffed.department
),

low AS (
    SELECT departments.hotel, departments.department, floors.required
    FROM departments
    JOIN floors ON floors.department = departments.department
    WHERE 100 * departments.done < floors.floor * departments.people
),

refused AS (
    SELECT DISTINCT hotel FROM low WHERE required
),

decisions AS (
    SELECT
        bases.*,
        CASE
            WHEN base = 0 THEN 0
            WHEN refused.hotel IS NOT NULL THEN 0
            WHEN base < rule.min_headcount * rule.days AND done_weight < base_weight THEN 0
            WHEN rule.operator = 'gt' AND 100 * done_weight > rule.threshold * base_weight THEN 1
            WHEN rule.operator = 'ge' AND 100 * done_weight >= rule.threshold * base_weight THEN 1
            WHEN base < rule.min_headcount * rule.days THEN 1
            ELSE 0
        END AS certified
    FROM bases
    CROSS JOIN rule
    LEFT JOIN refused ON refused.hotel = bases.hotel
),

-- Guests of a hotel: they completed under a profile that does not count, and no roster says that
-- they work here or anywhere now.
guests AS (
    SELECT named.hotel, named.learner
    FROM named
    LEFT JOIN finishers ON finishers.hotel = named.hotel AND finishers.learner = named.learner
    LEFT JOIN listed ON listed.hotel = named.hotel AND listed.learner = named.learner
    WHERE named.standing = 6
      AND named.as_staff < 6
      AND finishers.learner IS NULL
      AND listed.learner IS NULL
      AND named.learner NOT IN (SELECT learner FROM finishers WHERE is_active = 1)
      AND named.learner NOT IN (SELECT learner FROM listed WHERE reason IN ('', 'contract'))
),

-- People who have a completion that counts, but who are not in the base.
uncounted AS (
    SELECT
        finishers.hotel,
        CASE WHEN placed.learner IS NOT NULL THEN 'elsewhere' WHEN is_active = 1 THEN 'contract'
             WHEN has_left = 1 THEN 'left' ELSE 'not_yet'
        END AS reason,
        1 AS people
    FROM finishers
    CROSS JOIN rule
    LEFT JOIN placed
      ON placed.hotel = finishers.hotel
     AND placed.learner = finishers.learner
     AND placed.standing = 6
     AND placed.day = rule.as_of
    WHERE placed.learner IS NULL OR (rule.multi_property = 'home' AND placed.place > 1)
    UNION ALL
    SELECT
        hotel,
        CASE standing WHEN 5 THEN 'old_version' WHEN 4 THEN 'outside_window' WHEN 3 THEN 'weak_evidence'
                      WHEN 2 THEN 'voided' ELSE 'not_passed' END,
        people
    FROM tally
    WHERE standing BETWEEN 1 AND 5
    UNION ALL
    SELECT hotel, 'anonymous_base', people
    FROM tally
    WHERE is_nobody = 1
    UNION ALL
    SELECT hotel, 'profile', 1 FROM guests
    UNION ALL
    SELECT loose.hotel, 'elsewhere', 1
    FROM loose
    JOIN employed ON employed.learner = loose.learner
    LEFT JOIN listed ON listed.hotel = loose.hotel AND listed.learner = loose.learner
    WHERE loose.standing = 6 AND listed.learner IS NULL
    UNION ALL
    SELECT listed.hotel, listed.reason, 1
    FROM listed
    JOIN learners ON learners.learner = listed.learner
    WHERE listed.reason <> '' AND learners.standing = 6
    UNION ALL
    SELECT named.hotel, 'unmatched', 1
    FROM named
    JOIN staffed ON staffed.hotel = named.hotel
    LEFT JOIN finishers ON finishers.hotel = named.hotel AND finishers.learner = named.learner
    LEFT JOIN guests ON guests.hotel = named.hotel AND guests.learner = named.learner
    WHERE named.standing = 6 AND finishers.learner IS NULL AND guests.learner IS NULL
    UNION ALL
    SELECT loose.hotel, 'unmatched', 1
    FROM loose
    JOIN hotels ON hotels.hotel = loose.hotel
    JOIN coded_chains ON coded_chains.chain = hotels.chain
    LEFT JOIN guests ON guests.hotel = loose.hotel AND guests.learner = loose.learner
    LEFT JOIN listed ON listed.hotel = loose.hotel AND listed.learner = loose.learner
    WHERE loose.standing = 6
      AND guests.learner IS NULL
      AND listed.learner IS NULL
      AND loose.learner NOT IN (SELECT learner FROM employed)
      AND loose.learner NOT IN (SELECT learner FROM holders)
),

-- An attempt is one registration; without one, each statement stands for itself.
anonymous_attempts AS (
    SELECT DISTINCT
        coalesce(hotel, '') AS hotel,
        coalesce(registration, CAST(statement_id AS VARCHAR(36))) AS attempt
    FROM completions
    WHERE is_anonymous = 1 AND standing = 6
),

beside AS (
    SELECT DISTINCT staff.hotel, staff.contract, staff.learner,
        CASE WHEN staff.standing = 6 THEN 1 ELSE 0 END AS is_done
    FROM staff
    WHERE staff.is_active = 1 AND staff.beside
    UNION
    SELECT guests.hotel, completions.profile, guests.learner, 1
    FROM guests
    JOIN completions
      ON completions.hotel = guests.hotel AND completions.learner = guests.learner
    JOIN contracts ON contracts.contract = completions.profile AND contracts.beside
    WHERE completions.standing = 6 AND completions.is_staff = 0
)

SELECT hotel, 'certified' AS measure, source AS item, certified AS amount FROM decisions
UNION ALL SELECT hotel, 'completed', '', done FROM decisions
UNION ALL SELECT hotel, 'headcount', '', base FROM decisions
UNION ALL SELECT hotel, 'weight', 'completed', done_weight FROM decisions
UNION ALL SELECT hotel, 'weight', 'headcount', base_weight FROM decisions
UNION ALL SELECT hotel, 'department_completed', department, done FROM departments
UNION ALL SELECT hotel, 'department_headcount', department, people FROM departments
UNION ALL SELECT hotel, 'low', department, 1 FROM low
UNION ALL
SELECT decisions.hotel, 'flag', 'headcount_stale', 1
FROM decisions
JOIN rule ON rule.days = 1
WHERE base > 0 AND done > base
UNION ALL
SELECT based.hotel, 'flag', 'profile_differs', count(*)
FROM based
JOIN rule ON rule.as_of = based.day
WHERE based.standing = 6 AND based.as_staff < 6
GROUP BY based.hotel
UNION ALL
SELECT decisions.hotel, 'tier', tiers.tier, tiers.threshold
FROM decisions
JOIN tiers ON 100 * decisions.done_weight >= tiers.threshold * decisions.base_weight
WHERE decisions.certified = 1
UNION ALL
SELECT hotel, 'evidence',
    CASE evidence_level WHEN 3 THEN 'lms_recorded' WHEN 2 THEN 'self_asserted' WHEN 1 THEN 'code'
                        ELSE 'attendance_list' END,
    sum(people)
FROM tally WHERE standing = 6 GROUP BY hotel, evidence_level
UNION ALL SELECT hotel, 'beside_completed', contract, sum(is_done) FROM beside
    GROUP BY hotel, contract
UNION ALL SELECT hotel, 'beside_headcount', contract, count(*) FROM beside GROUP BY hotel, contract
UNION ALL SELECT hotel, 'excluded', reason, sum(people) FROM uncounted GROUP BY hotel, reason
UNION ALL SELECT hotel, 'excluded', 'anonymous', count(*) FROM anonymous_attempts
    WHERE hotel <> '' GROUP BY hotel
UNION ALL
SELECT DISTINCT people.hotel, 'version', attempts.course_version, 1
FROM people
JOIN attempts ON attempts.learner = people.learner AND attempts.standing = people.standing
LEFT JOIN staffed ON staffed.hotel = people.hotel
LEFT JOIN listed ON listed.hotel = people.hotel AND listed.learner = people.learner
WHERE people.standing = 6
  AND (staffed.hotel IS NOT NULL OR listed.hotel IS NOT NULL OR attempts.hotel = people.hotel)
UNION ALL SELECT '', 'data', 'facts', count(*) FROM facts
UNION ALL SELECT '', 'data', 'voided', count(*) FROM targets
UNION ALL SELECT '', 'data', 'voids_refused', count(DISTINCT statement_id) FROM voids
    WHERE statement_id NOT IN (SELECT statement_id FROM effective_voids)
UNION ALL SELECT '', 'data', 'anonymous', count(*) FROM anonymous_attempts
UNION ALL SELECT '', 'data', 'outside_window', count(DISTINCT learner) FROM people
    WHERE standing = 4
UNION ALL
SELECT '', 'data', 'unmatched', count(*)
FROM learners
WHERE standing = 6
  AND learner NOT IN (SELECT learner FROM finishers)
  AND learner NOT IN (SELECT learner FROM unlisted)
  AND learner NOT IN (SELECT learner FROM guests)
  AND learner NOT IN (SELECT learner FROM listed)
