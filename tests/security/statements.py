"""Finds SQL that is put together from text: the next injection, before anyone opens the page that runs it."""

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

# All code but the tests'.
FOLDERS = (
    "benchmarks",
    "coachlake",
    "data_quality",
    "dbt_project",
    "demonstration",
    "evaluation",
    "orchestration",
    "ray_jobs",
)
# How statements and their parts begin, as this project writes them: in capitals.
_SQL = re.compile(
    r"^[\s(]*(?:--[^\n]*\n\s*)*(?:SELECT|INSERT|DELETE|UPDATE|ATTACH|DETACH|CREATE|COPY|INSTALL|LOAD|SET|CALL|DESCRIBE"
    r"|DROP|ALTER|PRAGMA|WITH|FROM|MERGE|COMMENT|WHERE|AND|OR|UNION|JOIN|ORDER BY|VALUES)\b(?=\s|$)"
)
_RUNS = {"execute", "executemany", "sql", "query", "query_now"}
# Of coachlake/lake/sql.py: what they return is quoted. `Sql(…)` vouches for nothing: what it is given is looked at.
_QUOTING = {"identifier", "literal", "listed", "data_type"}
_FORMAT_NO_TEXT_HAS = re.compile(r"d|%Y-%m-%d")  # a str given to it raises ValueError


def composed(source: str, returning: frozenset[str] = frozenset()) -> list[tuple[int, str]]:
    """(line, expression) of each piece of a statement in `source` that is neither constant nor quoted.

    `returning`: "module.function" of functions elsewhere whose result is annotated as Sql; their own bodies are looked
    at where they stand.
    """
    return sorted(set(_File(source, returning).found()))


def returns_sql(source: str) -> set[str]:
    """Names of the functions in `source` whose result is annotated as Sql."""
    return {
        node.name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef) and node.returns is not None and _is_sql(node.returns)
    }


def _is_sql(annotation: ast.expr) -> bool:
    return bool(re.fullmatch(r"(dict\[str, |list\[)?(Sql|LiteralString)\]?", ast.unparse(annotation)))


class _File:
    def __init__(self, source: str, returning: frozenset[str]) -> None:
        self._tree = ast.parse(source)
        own, imported = returns_sql(source), self._imported.items()
        self._returning = own | {name for name, module in imported if f"{module}.{name}" in returning}
        self._scope: dict[ast.AST, ast.AST] = {}
        for node in ast.walk(self._tree):
            for child in ast.iter_child_nodes(node):
                is_scope = isinstance(node, ast.FunctionDef | ast.Lambda)
                self._scope[child] = node if is_scope else self._scope.get(node, self._tree)

    def found(self) -> Iterator[tuple[int, str]]:
        for node in ast.walk(self._tree):
            if isinstance(node, ast.JoinedStr | ast.BinOp | ast.Call) and self._is_statement(node):
                for part in self._unsafe(node):
                    yield node.lineno, ast.unparse(part)
            if isinstance(node, ast.Return) and node.value is not None and self._returns_sql(node):
                for part in self._unsafe(node.value):
                    yield node.lineno, ast.unparse(part)

    def _returns_sql(self, node: ast.AST) -> bool:
        inside = self._scope.get(node)
        return isinstance(inside, ast.FunctionDef) and inside.returns is not None and _is_sql(inside.returns)

    def _is_statement(self, node: ast.JoinedStr | ast.BinOp | ast.Call) -> bool:
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "Sql":
                return True
            if name == "format" and isinstance(node.func, ast.Attribute):
                return bool(_SQL.match(self._text(node.func.value)))
            return name in _RUNS and bool(node.args) and not isinstance(node.args[0], ast.Name)
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.Add | ast.Mod):
            return False
        return bool(_SQL.match(self._text(node)))

    def _text(self, node: ast.AST) -> str:
        """The constant text an expression begins with."""
        if isinstance(node, ast.Constant):
            return str(node.value)
        if isinstance(node, ast.JoinedStr):
            return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        if isinstance(node, ast.BinOp):
            return self._text(node.left)
        if isinstance(node, ast.Name):
            bound = self._bindings(node)
            return self._text(bound[0]) if bound else ""
        return ""

    def _unsafe(self, node: ast.AST, seen: frozenset[str] = frozenset()) -> list[ast.AST]:
        """The parts of an expression that may hold text from outside."""
        match node:
            case ast.Constant():
                return []
            case ast.JoinedStr(values=parts):
                return [bad for part in parts for bad in self._unsafe(part, seen)]
            case ast.FormattedValue(value=value, format_spec=spec):
                fixed = spec is not None and _FORMAT_NO_TEXT_HAS.fullmatch(self._text(spec))
                return [] if fixed else self._unsafe(value, seen)
            case ast.BinOp(left=left, op=ast.Add(), right=right):
                return [*self._unsafe(left, seen), *self._unsafe(right, seen)]
            case ast.BinOp(left=left, op=ast.Mod(), right=right) if not isinstance(left, ast.Constant):
                return [*self._unsafe(left, seen), *self._unsafe(right, seen)]
            case ast.BinOp(left=left, op=ast.Mult(), right=right):
                return [*self._unsafe(left, seen), *self._unsafe(right, seen)]
            case ast.IfExp(body=body, orelse=other):
                return [*self._unsafe(body, seen), *self._unsafe(other, seen)]
            case ast.BoolOp(values=values):
                return [bad for value in values for bad in self._unsafe(value, seen)]
            case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
                return [bad for part in parts for bad in self._unsafe(part, seen)]
            case ast.Dict(values=values):
                return [bad for value in values for bad in self._unsafe(value, seen)]
            case ast.Starred(value=value) | ast.Subscript(value=value):
                return self._unsafe(value, seen)
            case ast.GeneratorExp(elt=element) | ast.ListComp(elt=element):
                return self._unsafe(element, seen)
            case ast.Call(func=function, args=args):
                return self._unsafe_call(node, function, args, seen)
            case ast.Name(id=name):
                return self._unsafe_name(node, name, seen)
            case _:
                return [node]

    def _unsafe_call(
        self, node: ast.Call, function: ast.expr, args: list[ast.expr], seen: frozenset[str]
    ) -> list[ast.AST]:
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        if name in _QUOTING or name in self._returning or name in ("int", "len"):
            return []
        if name in (_RUNS | {"Sql", "cast"}):
            return self._unsafe(args[0], seen) if args else []
        if name in ("join", "items", "values") and isinstance(function, ast.Attribute):
            parts = [function.value, *args]
            return [bad for part in parts for bad in self._unsafe(part, seen)]
        return [node]

    def _unsafe_name(self, node: ast.Name, name: str, seen: frozenset[str]) -> list[ast.AST]:
        if name in seen:
            return []
        if self._imported.get(name) is not None and name.strip("_").isupper():
            value = getattr(importlib.import_module(self._imported[name]), name)
            return [] if isinstance(value, str | int | float | tuple) else [node]
        bound = self._bindings(node)
        if not bound:
            return [node]
        return [
            bad
            for value in bound
            for bad in ([] if isinstance(value, ast.arg) else self._unsafe(value, seen | {name}))
            or ([node] if isinstance(value, ast.arg) and not self._is_sql_argument(value) else [])
        ]

    @staticmethod
    def _is_sql_argument(argument: ast.arg) -> bool:
        return argument.annotation is not None and _is_sql(argument.annotation)

    @cached_property
    def _imported(self) -> dict[str, str]:
        return {
            alias.asname or alias.name: node.module
            for node in ast.walk(self._tree)
            if isinstance(node, ast.ImportFrom) and node.module
            for alias in node.names
        }

    def _bindings(self, node: ast.Name) -> list[ast.AST]:
        """What a name may stand for: its assignments, loops and arguments, from the scope it is used in outwards."""
        scope: ast.AST | None = self._scope.get(node, self._tree)
        while scope is not None:
            bound = list(self._bound_in(scope, node.id))
            if bound:
                return bound
            scope = self._scope.get(scope) if scope is not self._tree else None
        return []

    def _bound_in(self, scope: ast.AST, name: str) -> Iterator[ast.AST]:
        if isinstance(scope, ast.FunctionDef | ast.Lambda):
            arguments = [*scope.args.args, *scope.args.kwonlyargs, scope.args.vararg, scope.args.kwarg]
            yield from (argument for argument in arguments if argument is not None and argument.arg == name)
        for node in ast.walk(scope):
            if self._scope.get(node, self._tree) is not scope:
                continue
            match node:
                case ast.Assign(targets=targets, value=value):
                    for target in targets:
                        yield from _values_of(target, value, name)
                case ast.AnnAssign(target=target, value=value) if value is not None:
                    yield from _values_of(target, value, name)
                case ast.AugAssign(target=ast.Name(id=target), value=value) if target == name:
                    yield value
                case ast.For(target=target, iter=values) | ast.comprehension(target=target, iter=values):
                    if any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(target)):
                        yield values


def _values_of(target: ast.expr, value: ast.expr, name: str) -> Iterator[ast.expr]:
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, of in zip(target.elts, value.elts, strict=True):
            yield from _values_of(one, of, name)
    elif any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(target)):
        yield value


def modules(root: Path, folders: tuple[str, ...]) -> dict[str, Path]:
    """Import path → file of every module under the folders."""
    return {
        ".".join(file.relative_to(root).with_suffix("").parts): file
        for folder in folders
        for file in sorted((root / folder).rglob("*.py"))
    }
