"""The repository itself: who imports whom, no template unused, no migration missing."""

import ast
import importlib
import re
import tomllib
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template import engines
from pydantic import BaseModel

from disclosure.report.values import Value
from disclosure.rooms import PUBLIC_MODELS, PUBLIC_ROOM, ROOMS, table

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"


def modules():
    """Every module of ours with the names it imports, as (module, name) pairs; imports inside functions count too."""
    for app in ("disclosure", "schools"):
        for path in sorted((ROOT / app).rglob("*.py")):
            name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
            yield name, list(_imports(ast.parse(path.read_text(encoding="utf-8"))))


def _imports(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((node.module, alias.name) for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)


def _targets(module, name, known):
    """The modules that ``from module import name`` reaches."""
    return {f"{module}.{name}"} if f"{module}.{name}" in known else {module}


def _values(base=Value):
    for value in base.__subclasses__():
        yield value
        yield from _values(value)


def test_every_value_refuses_an_argument_that_it_has_no_field_for():
    for name, _ in modules():
        if not name.endswith(("settings", "wsgi")):
            importlib.import_module(name)
    ours = {one.__name__ for one in BaseModel.__subclasses__() if one.__module__.startswith(("disclosure", "schools"))}
    assert ours == {"Value"}
    assert {value.model_config["extra"] for value in _values()} == {"forbid"}


def test_schools_never_imports_disclosure():
    found = [
        (name, module)
        for name, imports in modules()
        for module, _ in imports
        if name.startswith("schools") and module.startswith("disclosure")
    ]
    assert found == []


def test_the_public_side_reaches_publications_alone():
    """Whatever the public room imports, straight or through others, reads no table but those of what was published."""
    graph = dict(modules())
    waiting = [name for name in graph if f"{name}.".startswith(f"disclosure.{PUBLIC_ROOM}.")]
    assert waiting
    seen = set(waiting)
    while waiting:
        name = waiting.pop()
        for module, imported in graph[name]:
            if module == "disclosure.models":
                assert imported in PUBLIC_MODELS, f"{name} imports {imported}"
                continue
            assert not module.startswith("disclosure.models."), f"{name} imports {module}"
            for target in _targets(module, imported, graph):
                if target in graph and target.startswith("disclosure") and target not in seen:
                    seen.add(target)
                    waiting.append(target)


def test_one_module_alone_decides_what_an_etag_is_made_of():
    """A view that wrote its own would one day forget what its page shows."""
    conditional = {"get_conditional_response", "condition", "etag", "last_modified", "ConditionalGetMiddleware"}
    users = {name for name, imports in modules() if conditional & {imported for _, imported in imports}}
    setting = re.compile(r"[\"']etag[\"']", re.IGNORECASE)
    users |= {name for name, _ in modules() if setting.search(_source(name))}
    assert users == {"disclosure.publishing.conditional"}
    assert "django.shortcuts.render" not in {".".join(one) for one in dict(modules())["disclosure.publishing.views"]}


def _source(name):
    path = ROOT.joinpath(*name.split("."))
    return (path / "__init__.py" if path.is_dir() else path.with_suffix(".py")).read_text(encoding="utf-8")


def test_one_module_alone_reads_which_page_of_a_list_is_asked_for():
    assert [name for name, imports in modules() if "Paginator" in {one for _, one in imports}] == ["schools.paging"]


def _room_of(module):
    return module.split(".")[1] if module.startswith("disclosure.") else ""


def test_imports_run_one_way():
    """A room imports only rooms that stand before it in ``disclosure.rooms``."""
    rank = {room.name: index for index, room in enumerate(ROOMS)}
    graph = dict(modules())
    against = [
        f"{name} → {target}"
        for name, imports in graph.items()
        if _room_of(name) in rank
        for module, imported in imports
        for target in _targets(module, imported, graph)
        if rank.get(_room_of(target), -1) > rank[_room_of(name)]
    ]
    assert against == []


def test_pure_rooms_know_no_database():
    pure = {room.name for room in ROOMS if room.is_pure}
    found = [
        f"{name} imports {module}.{imported}"
        for name, imports in modules()
        if _room_of(name) in pure
        for module, imported in imports
        if f"{module}.{imported}".startswith(("django.db.transaction", "django.db.connection", "disclosure.models"))
    ]
    assert found == []


def test_every_package_is_a_room_and_few_files_lie_beside_them():
    folder = ROOT / "disclosure"
    names = {room.name for room in ROOMS}
    packages = {path.parent.name for path in folder.glob("*/__init__.py")}
    assert packages - names == {"management", "migrations", "templatetags"}
    assert {name for name in names - packages if not (folder / f"{name}.py").is_file()} == set()
    assert len(list(folder.glob("*.py"))) <= 15


def test_the_page_on_architecture_prints_the_order():
    page = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    assert table() in page


def test_types_are_checked_of_all_that_knows_no_database():
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    checked = [Path(name).stem for name in settings["files"]]
    assert checked == [room.name for room in ROOMS if room.is_pure and room.name != "components"]


def test_there_is_one_way_to_the_storage():
    """What waits for it is bounded there, and nowhere else."""
    found = [
        name
        for name, imports in modules()
        for module, imported in imports
        if module.startswith(("django.core.files.storage", "storages", "boto")) or imported == "MediaStorage"
    ]
    assert set(found) == {"schools.storage", "disclosure.object_store"}


def _template_names():
    return {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*") if path.is_file()}


# Found by name: Django's and the libraries' own, and those that stand under a key.
BY_CONVENTION = re.compile(
    r"(400|403|404|410|500|503|403_csrf)\.html|author/parts/\w+\.html|report/sections/\w+\.html|emails/\w+\.txt|review/(approve|reopen|send_back|withdraw)\.html|admin/.*"
)


def test_no_template_is_unused():
    sources = [path.read_text(encoding="utf-8") for path in ROOT.glob("disclosure/**/*.py")]
    sources += [path.read_text(encoding="utf-8") for path in ROOT.glob("schools/**/*.py")]
    sources += [path.read_text(encoding="utf-8") for path in TEMPLATES.rglob("*") if path.is_file()]
    everything = "\n".join(sources)
    unused = {name for name in _template_names() if name not in everything and not BY_CONVENTION.fullmatch(name)}
    assert unused == set()


def test_every_template_compiles():
    engine = engines["django"]
    for name in _template_names():
        engine.get_template(name)


@pytest.mark.parametrize("folder", ["author/parts", "report/sections", "emails"])
def test_templates_under_a_key_are_the_keys(folder):
    from disclosure.report.enums import MANDATED, SectionKey
    from disclosure.workflow import notifications

    stems = {path.stem for path in (TEMPLATES / folder).iterdir()}
    if folder == "author/parts":
        assert {key.value for key in SectionKey} <= stems
        others = "\n".join(path.read_text(encoding="utf-8") for path in (TEMPLATES / folder).iterdir())
        assert all(f"{folder}/{stem}.html" in others for stem in stems - {key.value for key in SectionKey})
    elif folder == "report/sections":
        assert stems == {key.value for key in MANDATED}
    else:
        told = Path(notifications.__file__).read_text(encoding="utf-8")
        told += "".join(path.read_text(encoding="utf-8") for path in ROOT.glob("schools/**/*.py"))
        assert {stem for stem in stems if f'"{stem}"' not in told and f"emails/{stem}.txt" not in told} == set()


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", "schools", "disclosure", check=True, dry_run=True, verbosity=0)


INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE)


def test_no_template_has_inline_script_or_style():
    found = {
        name: match[0]
        for name in sorted(_template_names())
        if (match := INLINE.search((TEMPLATES / name).read_text(encoding="utf-8")))
        and name not in ("report/pdf.html", "report/web_file.html")
    }
    assert found == {}


def test_nothing_loads_from_elsewhere():
    addresses = re.compile(r"""(?:src|href)=["']?(?:https?:)?//|url\(["']?(?:https?:)?//|@import|from ["']https?:""")
    files = [
        *TEMPLATES.rglob("*.html"),
        *(ROOT / "static" / "css").rglob("*.css"),
        *(ROOT / "static" / "js").rglob("*.js"),
    ]
    assert [str(path) for path in files if addresses.search(path.read_text(encoding="utf-8"))] == []


def test_no_real_persons_number_is_in_the_repository():
    """Mobiles, ID numbers and private mail: what stands in the demonstration data cannot exist."""
    from disclosure.richtext import personal_data

    written = {".py", ".html", ".txt", ".md", ".json", ".csv", ".sh", ".js"}
    found = []
    for folder in ("disclosure", "schools", "templates", "docs", "bench", "scripts", "static/js"):
        for path in sorted((ROOT / folder).rglob("*")):
            name = str(path.relative_to(ROOT))
            if path.suffix in written:
                found += [(name, datum.masked) for datum in personal_data.find(path.read_text(encoding="utf-8"))]
    assert found == []
