{# Nights to bring up to date (ISO dates); none: everything. A night's run names them in the environment: a dbt variable
   that is another one each night would have the whole project parsed anew. #}
{% macro changed_nights() -%}
    {{ return(var('nights') or env_var('COACHLAKE_DBT_NIGHTS', '').split()) }}
{%- endmacro %}

{# Whether a row belongs to the nights being brought up to date; always true on a full build. #}
{% macro in_nights(column) -%}
    {%- if is_incremental() and changed_nights() -%}
        {{ column }} in ({% for night in changed_nights() %}date '{{ night }}'{{ ", " if not loop.last }}{% endfor %})
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{# Whether a call's rows may have changed: its night is brought up to date, or an outcome for it arrived then. #}
{% macro call_changed() -%}
    {%- if is_incremental() and changed_nights() -%}
        (
            {{ in_nights('batch_date') }}
            or (
                batch_date >= date '{{ changed_nights() | min }}' - {{ var('late_outcome_days') }}
                and call_id in (
                    select call_id from {{ ref('stg_lake__outcomes') }}
                    where {{ in_nights('cast(received_at as date)') }}
                )
            )
        )
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{# The first Monday whose weekly rows may change: that of the earliest night, and of any call with a late outcome. #}
{% macro week_changed(column) -%}
    {%- if is_incremental() and changed_nights() -%}
        {{ column }} >= cast(date_trunc('week', date '{{ changed_nights() | min }}') as date)
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{# Weeks a changed week's figures look back on: the lookback, from two weeks before the first that changed, since the
   control chart looks at the last three weeks, each with the estimates of its own lookback. #}
{% macro week_needed(column) -%}
    {%- if is_incremental() and changed_nights() -%}
        {{ column }} >= cast(date_trunc('week', date '{{ changed_nights() | min }}') as date) - 7 * ({{ var('lookback_weeks') }} + 1)
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}

{# Calls that a re-delivered night no longer holds leave the marts with it. #}
{% macro forget_nights() -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where {{ in_nights('batch_date') }}
    {%- else -%}
        select 1
    {%- endif -%}
{%- endmacro %}

{# Weeks that are computed anew lose rows of reps who no longer have a call in them. #}
{% macro forget_weeks() -%}
    {%- if is_incremental() -%}
        delete from {{ this }} where {{ week_changed('week_start_on') }}
    {%- else -%}
        select 1
    {%- endif -%}
{%- endmacro %}
