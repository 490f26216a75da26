with source as (
    select * from {{ source('lake', 'calls') }}
),

final as (
    select
        call_id,
        rep_id,
        rep_name,
        rep_hired_on,
        team_id,
        queue,
        direction,
        rubric_id,
        started_at,
        duration_s,
        audio_sha256,
        channel_layout,
        source,
        status,
        reason,
        is_timed,
        overall_score,
        rubric_version,
        rubric_sha256,
        pipeline_version,
        model_fingerprint,
        batch_date,
        processed_at,
        -- Calls that never got a start time (quarantined at landing) belong to the week of their night.
        cast(date_trunc('week', coalesce(cast(started_at as date), batch_date)) as date) as week_start_on,
        status = 'scored' as is_scored,
        coalesce(channel_layout != 'transcript', false) as has_recording
    from source
)

select * from final
