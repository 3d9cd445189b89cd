// Leaving with something typed and not saved is asked about first.
// A form opts in with data-guard-unsaved; a form that saves drafts is guarded while a save is owed.
export function guardUnsaved(page) {
  page.addEventListener("input", (event) => {
    const form = event.target.form;
    if (form?.hasAttribute("data-guard-unsaved")) form.dataset.unsaved = "yes";
  });
  page.addEventListener("submit", (event) => delete event.target.dataset.unsaved);
  window.addEventListener("beforeunload", (event) => {
    if (page.querySelector("form[data-unsaved]")) event.preventDefault();
  });
}
