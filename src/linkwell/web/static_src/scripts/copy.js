// A button that copies a text; hidden where the browser cannot.
export function offerCopying(scope) {
  if (!navigator.clipboard) return;
  for (const button of scope.querySelectorAll("button[data-copy]")) {
    const words = button.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      const target = document.getElementById(button.dataset.copy);
      await navigator.clipboard.writeText(target.value ?? target.innerText);
      button.textContent = "Copied";
      window.setTimeout(() => (button.textContent = words), 3000);
    });
  }
}
