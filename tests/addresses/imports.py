"""The importer."""

from addresses import MANAGER, OTHER_MANAGER, Rule
from wadah.base.imports.services import import_upload

BATCH = {"pk": "import"}
RULES = {
    "imports": Rule({MANAGER, OTHER_MANAGER}),
    "import_kind": Rule({MANAGER, OTHER_MANAGER}, arguments={"kind": "kind of import"}),
    "import_template": Rule({MANAGER, OTHER_MANAGER}, arguments={"kind": "kind of import"}),
    "import_batch": Rule({MANAGER}, arguments=BATCH),
    "import_settle": Rule({MANAGER}, arguments=BATCH),
    "import_correct": Rule({MANAGER}, arguments=BATCH, method="post"),
    "import_marked": Rule({MANAGER}, arguments=BATCH),
    "import_act": Rule({MANAGER}, arguments={**BATCH, "act": "=tulis"}, method="post", form={"fingerprint": "x"}),
}


def build(cast, users):
    content = b"Usaha;Pemilik\nPak Amin Las;Pak Amin\n"
    batch = import_upload(
        kind="members", cooperative_id=cast.cooperative.pk, file_name="a.csv", content=content, by=cast.manager
    )
    return {"import": batch.pk, "kind of import": "members"}
