with source as (
    select * from {{ source('lake', 'evidence') }}
),

final as (
    select
        evidence_id,
        score_id,
        call_id,
        criterion_id,
        level,
        turn_index,
        quote,
        start_s,
        end_s,
        cue_turn_index,
        cue_quote,
        cue_start_s,
        why,
        confidence,
        batch_date
    from source
)

select * from final
