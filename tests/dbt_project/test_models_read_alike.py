"""The habits of the models: what a reader of one may expect of all."""

from pathlib import Path

MODELS = Path(__file__).parents[2] / "dbt_project" / "models"
LAYERS = {"staging", "intermediate", "marts", "reports"}
SQL = sorted(MODELS.rglob("*.sql"))


def test_models_are_found_in_every_layer():
    assert {path.parent.name for path in SQL} == LAYERS
    assert len(SQL) > 60


def test_every_model_opens_with_its_grain_and_ends_in_final():
    assert [path.name for path in SQL if not path.read_text().startswith("-- One row")] == []
    assert [path.name for path in SQL if not path.read_text().endswith("select *\nfrom final\n")] == []


def test_only_staging_reads_the_sources():
    readers = {path.parent.name for path in SQL if "source(" in path.read_text()}

    assert readers == {"staging"}


def test_names_tell_the_layer():
    prefixes = {"staging": "stg_", "intermediate": "int_"}

    for path in SQL:
        if layer := prefixes.get(path.parent.name):
            assert path.name.startswith(layer)
        else:
            assert not path.name.startswith(tuple(prefixes.values()))


def test_models_are_short():
    lengths = sorted(len(path.read_text().splitlines()) for path in SQL)

    assert lengths[len(lengths) // 2] < 50
    assert lengths[-1] < 160


def test_every_model_is_described_in_its_folder():
    for layer in LAYERS:
        described = "".join(path.read_text() for path in sorted((MODELS / layer).glob(f"_{layer}__models*.yml")))
        models = [path.stem for path in (MODELS / layer).iterdir() if path.suffix in {".sql", ".py"}]
        assert models
        assert [model for model in models if f"- name: {model}\n" not in described] == []
