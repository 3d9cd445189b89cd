// In a questionnaire a digit is the answer, and goes on to the next question; 1 and then 0 is 10.
const PAUSE = 700;

export function answerByDigits(page) {
  const scales = [...page.querySelectorAll("[data-scale]")];
  if (!scales.length || page.body.dataset.keys === "off") return;
  let waiting;
  const goOn = (scale) => {
    const next = scales[scales.indexOf(scale) + 1];
    if (next) next.querySelector("input:checked, input").focus();
  };
  page.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !/^\d$/.test(event.key)) return;
    const scale = event.target instanceof Element && event.target.closest("[data-scale]");
    if (!scale) return;
    const ten = event.key === "0" && waiting?.scale === scale;
    const box = scale.querySelector(`input[value="${ten ? "10" : event.key}"]`);
    clearTimeout(waiting?.timer);
    waiting = undefined;
    if (!box) return;
    event.preventDefault();
    box.checked = true;
    box.focus();
    if (event.key === "1" && scale.querySelector('input[value="10"]')) {
      waiting = { scale, timer: setTimeout(() => { waiting = undefined; goOn(scale); }, PAUSE) };
    } else {
      goOn(scale);
    }
  });
}
