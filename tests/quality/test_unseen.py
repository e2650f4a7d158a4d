from extract.line_model import DEFAULT_MODEL, load_model
from tests.quality.unseen import FOLD_MODELS, unseen_cleaner
from training.cleaner.pages import FOLDS


def test_every_site_the_shipped_model_knows_is_unknown_to_one_fold() -> None:
    shipped = load_model(DEFAULT_MODEL).sites
    folds = [load_model(FOLD_MODELS / f"fold-{number}.npz").sites for number in range(FOLDS)]
    assert shipped
    assert all(sites < shipped for sites in folds)
    assert {site: sum(site in sites for sites in folds) for site in shipped} == dict.fromkeys(shipped, FOLDS - 1)


def test_pages_of_sites_nobody_knows_are_read_by_the_shipped_model() -> None:
    assert unseen_cleaner({"id": "page", "site": "a site that does not exist"}) == {}
    assert unseen_cleaner({"id": "seed:000", "site": None}) == {}
