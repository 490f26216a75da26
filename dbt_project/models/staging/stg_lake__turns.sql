with source as (
    select * from {{ source('lake', 'turns') }}
),

final as (
    select
        call_id,
        turn_index,
        speaker,
        start_s,
        end_s,
        text,
        is_backchannel,
        pitch_hz,
        loudness_db,
        rate_wps,
        pitch_z,
        loudness_z,
        rate_z,
        batch_date
    from source
)

select * from final
