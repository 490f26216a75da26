with source as (
    select * from {{ source('lake', 'scores') }}
),

final as (
    select
        score_id,
        call_id,
        criterion_id,
        score,
        level,
        confidence,
        opportunity_count,
        abstained_reason,
        rubric_id,
        rubric_version,
        rubric_sha256,
        model_fingerprint,
        calibration_id,
        batch_date
    from source
)

select * from final
