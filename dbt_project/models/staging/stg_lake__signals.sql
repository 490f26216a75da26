with source as (
    select * from {{ source('lake', 'signals') }}
),

final as (
    select
        signal_id,
        call_id,
        kind,
        label,
        value,
        confidence,
        turn_index,
        start_s,
        end_s,
        quote,
        cue_turn_index,
        phase,
        batch_date
    from source
)

select * from final
