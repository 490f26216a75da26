"""How dbt's models look as assets: keys, groups and owners."""

from collections.abc import Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator

from orchestration import owners


class MartTranslator(DagsterDbtTranslator):
    """Groups by layer, owners, and the asset keys [layer, model]."""

    def get_asset_key(self, dbt_resource_props: Mapping[str, Any]) -> dg.AssetKey:
        """[schema, name]; sources keep the key their YAML names."""
        if dbt_resource_props["resource_type"] == "source":
            return super().get_asset_key(dbt_resource_props)
        return dg.AssetKey([dbt_resource_props["schema"], dbt_resource_props["name"]])

    def get_group_name(self, dbt_resource_props: Mapping[str, Any]) -> str | None:
        """The layer: staging, intermediate, marts or reference."""
        return str(dbt_resource_props["schema"])

    def get_owners(self, dbt_resource_props: Mapping[str, Any]) -> list[str]:
        """Marts belong to analytics, what they are made of to the data team."""
        return owners.ANALYTICS if dbt_resource_props["schema"] == "marts" else owners.DATA
