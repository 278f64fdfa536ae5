"""How pyarrow works in processes of this program: imported fast, in memory that is used again."""

from __future__ import annotations

import os
import sys
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType
from typing import Any

_HIDDEN = "pandas", "cloudpickle", "dateutil"
_FUNCTIONS = "pyarrow.compute"
_TAKEN = "utf8_zero_fill"  # which that module itself takes, for a second name


class _Finder:
    """A finder of modules that says that some are not installed, and loads one in its own way."""

    @staticmethod
    def find_spec(name: str, path: Any = None, _: object = None) -> ModuleSpec | None:
        """Raise ModuleNotFoundError for those; find nothing but that one."""
        if name in _HIDDEN:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if name != _FUNCTIONS or not (spec := PathFinder.find_spec(name, path)):
            return None
        if isinstance(spec.loader, SourceFileLoader):
            spec.loader = _FunctionsLoader(name, spec.loader.path)
        return spec


class _FunctionsLoader(SourceFileLoader):
    """Loads pyarrow's module of functions, which makes each when it is first asked for.

    By itself it makes three hundred of them when it is imported.
    """

    def exec_module(self, module: ModuleType) -> None:
        """Run the module; as pyarrow means it where a version of it is not made as we think."""
        before = dict(vars(module))
        try:
            self._run_with_few(module)
        except (KeyError, AttributeError, ImportError):
            vars(module).clear()
            vars(module).update(before)
            super().exec_module(module)

    def _run_with_few(self, module: Any) -> None:
        import pyarrow._compute as compiled

        registry_of = compiled.function_registry
        registry = registry_of()
        compiled.function_registry = lambda: _Few(registry)
        try:
            super().exec_module(module)
        finally:
            compiled.function_registry = registry_of
        module.function_registry = registry_of
        module._make_signature = lambda *_: None  # which only help() shows
        make = module._wrap_function

        def function(name: str) -> Any:
            try:
                found = registry.get_function(name.removesuffix("_"))  # "or" is a word of Python
            except KeyError:
                raise AttributeError(f"{_FUNCTIONS} has no function {name!r}", name=name) from None
            made = make(name, found)
            setattr(module, name, made)
            return made

        module.__getattr__ = function


class _Few:
    """pyarrow's functions, of which only one is said to be there."""

    def __init__(self, registry: Any) -> None:
        self.get_function = registry.get_function

    @staticmethod
    def list_functions() -> list[str]:
        """The names of functions that are made at once."""
        return [_TAKEN]


class _Docscrape(ModuleType):
    """In place of the module by which pyarrow reads the docstrings of a hundred options."""

    class NumpyDocString:
        """A docstring without parameters."""

        def __init__(self, text: str) -> None: ...

        def __getitem__(self, section: str) -> tuple[()]:
            return ()


def lean_pyarrow() -> None:
    """Let pyarrow, which is imported later, do without what this program does not need.

    pyarrow imports pandas where it is installed, to see whether values are of its types. That takes
    as long as reading a table of 10,000 rows does. cloudpickle, in place of pickle, dateutil, and
    the functions, signatures and docstrings that it puts together take as long as a table of 1,000.
    Its own allocator gives freed pages back to the system at once, and asks for them again: the
    system's does not.
    """
    sys.meta_path.insert(0, _Finder)
    docscrape = _Docscrape("pyarrow.vendored.docscrape")
    sys.modules.setdefault(docscrape.__name__, docscrape)
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
