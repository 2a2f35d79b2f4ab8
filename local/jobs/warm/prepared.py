"""Hides the modules that were imported before the job until the job imports them, as if its Python had just started."""

import _warnings
import builtins
import os
import sys


class ImportRecorder:
    """Records which modules each module imports while it is loaded, by replacing `__import__`."""

    def __init__(self):
        self.imports = {}
        self.original = builtins.__import__

    def start(self):
        builtins.__import__ = self.record

    def stop(self):
        builtins.__import__ = self.original

    def record(self, name, globals=None, locals=None, fromlist=(), level=0):
        result = self.original(name, globals, locals, fromlist, level)
        # Imports in functions that are called later do not count, because they are not part of loading the module.
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
    """Returns a module that is loaded already. The module stays hidden if a script only looks for its spec."""

    def __init__(self, prepared, module):
        self.prepared = prepared
        self.module = module
        self.spec = getattr(module, "__spec__", None)

    def create_module(self, spec):
        self.prepared.show(spec.name)
        return self.module

    def exec_module(self, module):
        # Restores the spec that the import system has replaced.
        module.__spec__ = self.spec


class Prepared:
    """An import finder, before all others, that returns hidden modules and repeats the other effects of their import.

    With a module of the standard library, the modules that it imports become visible. With any other module, all modules
    loaded before it become visible. These may be more than it imports, but never fewer: compiled modules import others without
    an import statement, which cannot be recorded.
    """

    def __init__(self, initial):
        self.initial = frozenset(initial)
        self.filters = self.known_filters = list(_warnings.filters)
        self.finders = self.known_finders = list(sys.meta_path)
        self.environment = dict(os.environ)
        # For each package: the number of modules loaded so far, and the added warning filters, finders and variables.
        self.additions = []
        self.recorder = ImportRecorder()
        self.recorder.start()
        self.order = []
        self.hidden = {}
        self.position = {}

    def record(self):
        """Records the effects of an import. Must be called after each package."""
        filters = _warnings.filters[: len(_warnings.filters) - len(self.known_filters)]
        finders = [finder for finder in sys.meta_path if finder not in self.known_finders]
        variables = {name: value for name, value in os.environ.items() if name not in self.environment}
        self.environment.update(variables)
        self.additions.append((len(sys.modules), filters, finders, variables))
        self.known_filters = list(_warnings.filters)
        self.known_finders = list(sys.meta_path)

    def hide(self, own):
        """Hides all modules except the initial ones. Those named in `own` never become visible again."""
        self.recorder.stop()
        # sys.modules is in the order in which modules were completed.
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
        """Returns the package that got a module as an attribute only after the package was loaded, and the attribute's name.

        The package is None if the module was loaded as part of its package.
        """
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
        """Makes a module visible, with the modules and the other effects that belong to its import."""
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
        """Lists a module and all modules that it imports, in the order in which they were loaded."""
        modules, todo = set(), [name]
        while todo:
            each = todo.pop()
            if each in modules or each not in self.hidden:
                continue
            modules.add(each)
            # multiprocessing adds this name of the main module without an import.
            if each == "multiprocessing.process":
                todo.append("__mp_main__")
            todo += [each.rpartition(".")[0], *self.recorder.imports.get(each, ())]
        return sorted(modules, key=self.position.__getitem__)

    def leave(self):
        """Keeps the ending interpreter from freeing the modules one by one, which would copy memory shared with other jobs."""
        for name in self.order:
            sys.modules.pop(name, None)
