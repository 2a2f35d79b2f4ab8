"""Modules that were imported ahead of the job: out of its sight until it imports them, as in a Python just started."""

import _warnings
import builtins
import os
import sys


class ImportRecorder:
    """Which modules each module imports while it is loaded, by watching the import statements."""

    def __init__(self):
        self.imports = {}
        self.original = builtins.__import__

    def start(self):
        builtins.__import__ = self.record

    def stop(self):
        builtins.__import__ = self.original

    def record(self, name, globals=None, locals=None, fromlist=(), level=0):
        result = self.original(name, globals, locals, fromlist, level)
        # What its functions import, when they are called, is no part of its own import.
        if globals and getattr(globals.get("__spec__"), "_initializing", False):
            whole = self.absolute(name, globals, level) if level > 0 else name
            names = self.imports.setdefault(globals["__name__"], set())
            names.add(whole)
            names.update(f"{whole}.{part}" for part in fromlist or () if f"{whole}.{part}" in sys.modules)
        return result

    @staticmethod
    def absolute(name, globals, level):
        package = globals.get("__package__") or globals["__name__"].rpartition(".")[0]
        above = package.rsplit(".", level - 1)[0]
        return f"{above}.{name}" if name else above


class Loader:
    """Hands out a module that is loaded already. Whoever only asks whether there is one takes nothing."""

    def __init__(self, prepared, module):
        self.prepared = prepared
        self.module = module
        self.spec = getattr(module, "__spec__", None)

    def create_module(self, spec):
        self.prepared.show(spec.name)
        return self.module

    def exec_module(self, module):
        # The import system has put its own there.
        module.__spec__ = self.spec


class Prepared:
    """A finder in front of all others that gives back what `hide` has taken away, with what else its import does.

    A module of the standard library comes with what it imports. Any other comes with all that was loaded before it, which
    may be more than it needs but is never less: compiled modules import without import statements.
    """

    def __init__(self, initial):
        self.initial = frozenset(initial)
        self.filters = self.known_filters = list(_warnings.filters)
        self.finders = self.known_finders = list(sys.meta_path)
        self.environment = dict(os.environ)
        # After each package: how many modules were loaded, and what it added to warning filters, finders, environment.
        self.additions = []
        self.recorder = ImportRecorder()
        self.recorder.start()
        self.order = []
        self.hidden = {}
        self.position = {}

    def record(self):
        """To be called after each package that is imported ahead."""
        filters = _warnings.filters[: len(_warnings.filters) - len(self.known_filters)]
        finders = [finder for finder in sys.meta_path if finder not in self.known_finders]
        variables = {name: value for name, value in os.environ.items() if name not in self.environment}
        self.environment.update(variables)
        self.additions.append((len(sys.modules), filters, finders, variables))
        self.known_filters = list(_warnings.filters)
        self.known_finders = list(sys.meta_path)

    def hide(self, own):
        """Takes everything out of sight but the initial modules; those named in `own` are gone for good."""
        self.recorder.stop()
        # The import system puts a module at the end of sys.modules when it is complete.
        self.order = [name for name in sys.modules if name not in self.initial and name not in own]
        self.hidden = {name: sys.modules[name] for name in self.order}
        kept = len(sys.modules) - len(self.order)
        self.additions = [(count - kept, *others) for count, *others in self.additions]
        self.position = {name: position for position, name in enumerate(self.order)}
        for name in (*self.order, *own):
            sys.modules.pop(name, None)
        for name in self.order:
            parent, child = self.bound_later(name)
            if parent is not None and getattr(parent, child, None) is self.hidden[name]:
                delattr(parent, child)
        _warnings.filters[:] = self.filters
        _warnings._filters_mutated()
        sys.meta_path[:] = [self, *self.finders]

    def bound_later(self, name):
        """The package of which a module became an attribute when the package itself was there already, and as what."""
        package, _, child = name.rpartition(".")
        if package in self.initial:
            return sys.modules[package], child
        if self.position.get(package, len(self.order)) < self.position[name]:
            return self.hidden.get(package) or sys.modules.get(package), child
        return None, child

    def find_spec(self, name, path=None, target=None):
        module = self.hidden.get(name)
        if module is None:
            return None
        spec = type(sys.__spec__)(name, Loader(self, module), origin=getattr(module, "__file__", None))
        spec.submodule_search_locations = getattr(module, "__path__", None)
        return spec

    def show(self, name):
        standard = name.partition(".")[0] in sys.stdlib_module_names
        end = self.position[name]
        for each in self.imported_by(name) if standard else self.order[: end + 1]:
            if each not in self.hidden:
                continue
            parent, child = self.bound_later(each)
            module = self.hidden.pop(each)
            sys.modules.setdefault(each, module)
            if parent is not None:
                setattr(parent, child, module)
        while not standard and self.additions and self.additions[0][0] <= end + 1:
            _, filters, finders, variables = self.additions.pop(0)
            _warnings.filters[:0] = filters
            _warnings._filters_mutated()
            sys.meta_path.extend(finders)
            for variable in variables.items():
                os.environ.setdefault(*variable)

    def imported_by(self, name):
        """A module and all that it imports, in the order in which they were loaded."""
        found, todo = set(), [name]
        while todo:
            each = todo.pop()
            if each in found or each not in self.hidden:
                continue
            found.add(each)
            # multiprocessing puts the main module there, without an import.
            if each == "multiprocessing.process":
                todo.append("__mp_main__")
            todo += [each.rpartition(".")[0], *self.recorder.imports.get(each, ())]
        return sorted(found, key=self.position.__getitem__)

    def leave(self):
        """Keeps the end of the interpreter from taking apart, module by module, what it shares with other jobs."""
        for name in self.order:
            sys.modules.pop(name, None)
