"""Functions that only compiled code calls are optimised where they are called from, once.

Left to itself numba optimises every function together with all that it calls, and turns it into machine code, though
only the outermost is ever called by Python: what lies at the bottom of ten calls is worked through ten times. Deferred
functions are typed and lowered only; the functions that call them take their code in and optimise the whole.

`Deferred` is a pipeline for numba's `pipeline_class` (numba's developer manual, "Customizing the Compiler"). It leans
on what numba calls core: locked requirements hold the version, and tests/planning/test_compiled.py says whether a newer
one still does it this way.
"""

# mypy: allow-untyped-calls
# (numba's core has no annotations)

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from numba import _dynfunc  # type: ignore[attr-defined]
from numba.core.codegen import JITCodeLibrary
from numba.core.compiler import CompilerBase, DefaultPassBuilder
from numba.core.compiler_machinery import PassManager, register_pass
from numba.core.typed_passes import NativeLowering

if TYPE_CHECKING:
    from collections.abc import Iterable

EXTERNAL, ONE_OF_MANY = "external", "linkonce_odr"  # LLVM's names for how a function's name is seen by other modules


class CodeToTakeIn(JITCodeLibrary):
    """The code of one function, neither optimised nor made into machine code; linked, with all that it calls."""

    def finalize(self) -> None:
        self._raise_if_finalized()
        self._finalize_dynamic_globals()
        self._finalized = True

    def _get_module_for_linking(self) -> Any:
        self._ensure_finalized()
        if self._shared_module is None:
            self._shared_module = self.linked()
        return self._shared_module

    def add_to(self, module: Any) -> None:
        """Link this one function's code into a module."""
        module.link_in(self._final_module, preserve=True)

    def linked(self) -> Any:
        """A copy of the code with everything below it, each piece once.

        Deferred code comes first, for the linker drops what nobody before it has asked for and may be picked again.
        """
        below = self.below({})
        module = self._final_module.clone()
        deferred = [library for library in below if isinstance(library, CodeToTakeIn) and library is not self]
        finished = [library for library in below if not isinstance(library, CodeToTakeIn)]
        for library in deferred:
            library.add_to(module)
        for library in finished:
            module.link_in(library._get_module_for_linking(), preserve=True)  # noqa: SLF001 - as numba's own libraries do
        for function in module.functions:
            if not function.is_declaration and function.linkage.name == EXTERNAL:
                function.linkage = ONE_OF_MANY
        return module

    def below(self, found: dict[Any, None]) -> Iterable[Any]:
        """This piece of code and all that it needs."""
        if self not in found:
            found[self] = None
            for library in self._linking_libraries:
                if isinstance(library, CodeToTakeIn):
                    library.below(found)
                else:
                    found[library] = None
        return found


@register_pass(mutates_CFG=True, analysis_only=False)
class DeferredLowering(NativeLowering):
    """Lowering into code to take in."""

    _name = "deferred_lowering"

    def run_pass(self, state: Any) -> bool:
        state.library = CodeToTakeIn(state.targetctx.codegen(), state.func_id.func_qualname)
        state.flags.no_compile = True
        super().run_pass(state)
        state.library.finalize()
        lowered = state["cr"]
        about, name = lowered.fndesc, state.func_id.func_name
        # numba knows a compiled function by the object that Python would call. Here it only stands for the function.
        stands_for = _dynfunc.make_function(about.lookup_module(), name, "", 0, lowered.env, (state.library,))
        state.targetctx.insert_user_function(stands_for, about, [state.library])
        state.reload_init.extend(state.library._reload_init)  # noqa: SLF001 - as numba's own lowering does
        state["cr"] = lowered._replace(cfunc=stands_for)
        return True


class Deferred(CompilerBase):
    """numba's own pipeline with the lowering replaced."""

    def define_pipelines(self) -> list[Any]:
        usual = DefaultPassBuilder.define_nopython_pipeline(self.state)
        pipeline = PassManager("deferred")
        pipeline.passes = [(DeferredLowering if step is NativeLowering else step, what) for step, what in usual.passes]
        pipeline.finalize()
        return [pipeline]
