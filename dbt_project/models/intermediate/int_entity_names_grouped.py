"""One row per name with the name it is grouped around; a name that leads is its own."""

import pyarrow

from linkage.leaders import leaders


def model(dbt, session):  # noqa: ARG001 - dbt calls it so
    names = dbt.ref("int_entity_names_ranked").order("name_rank").project("name_id").fetchall()
    judged = dbt.ref("int_entity_pairs_judged").project("name_id, other_name_id, score, verdict").fetchall()
    reference = leaders(
        [name for (name,) in names],
        [(name, other, score) for name, other, score, verdict in judged if verdict == "same"],
        apart=[(name, other) for name, other, _, verdict in judged if verdict == "not the same"],
    )
    return pyarrow.table(
        {
            "name_id": pyarrow.array(reference.keys(), pyarrow.string()),
            "leading_name_id": pyarrow.array(reference.values(), pyarrow.string()),
        }
    )
