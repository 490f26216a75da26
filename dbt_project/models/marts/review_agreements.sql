with reviews as (
    select * from {{ ref('stg_lake__human_reviews') }}
),

scores as (
    select * from {{ ref('call_scores') }}
    where call_id in (select reviews.call_id from reviews)
),

evidence as (
    select * from {{ ref('call_evidence') }}
    where call_id in (select reviews.call_id from reviews)
),

-- The moment that speaks most clearly for the machine's level.
moments as (
    select
        evidence.score_id,
        arg_max(evidence.quote, row(evidence.confidence, evidence.evidence_id)) as quote,
        arg_max(evidence.start_s, row(evidence.confidence, evidence.evidence_id)) as start_s
    from evidence
    inner join scores on evidence.score_id = scores.score_id and evidence.level = scores.level
    group by evidence.score_id
),

levels as (
    select
        unnest(['poor', 'average', 'good']) as level,
        unnest([0, 1, 2]) as points
),

final as (
    select
        reviews.review_id,
        reviews.call_id,
        reviews.criterion_id,
        scores.criterion_name,
        scores.rubric_id,
        reviews.reviewer_id,
        scores.rep_id,
        scores.team_id,
        reviews.level as human_level,
        scores.level as machine_level,
        cast(machine.points - human.points as integer) as level_difference,
        reviews.is_dispute,
        reviews.is_blind,
        reviews.note,
        reviews.reviewed_at,
        reviews.score as human_score,
        scores.score as machine_score,
        scores.confidence as machine_confidence,
        moments.quote,
        moments.start_s
    from reviews
    left join scores on reviews.call_id = scores.call_id and reviews.criterion_id = scores.criterion_id
    left join levels as human on reviews.level = human.level
    left join levels as machine on scores.level = machine.level
    left join moments on scores.score_id = moments.score_id
)

select * from final
