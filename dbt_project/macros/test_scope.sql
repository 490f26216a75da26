{# Tests configured with `where: changed` look at the nights (or weeks) being brought up to date, not at the whole
   history: rows that did not change were tested when they were written. Without nights they look at everything. #}
{% macro get_where_subquery(relation) -%}
    {%- set where = config.get('where') -%}
    {%- if where in ('changed nights', 'changed weeks') -%}
        {%- if not changed_nights() -%}
            {%- set where = none -%}
        {%- elif where == 'changed nights' -%}
            {%- set where = "batch_date in (date '" ~ (changed_nights() | join("', date '")) ~ "')" -%}
        {%- else -%}
            {%- set where = "week_start_on >= date_trunc('week', date '" ~ (changed_nights() | min) ~ "')" -%}
        {%- endif -%}
    {%- endif -%}
    {%- if where -%}
        (select * from {{ relation }} where {{ where }}) dbt_subquery
    {%- else -%}
        {{ relation }}
    {%- endif -%}
{%- endmacro %}
