// "2:03pm", "12 noon": times as the pages write them.
export function clockTime(date) {
  const hour = date.getHours();
  const minute = date.getMinutes();
  if (minute === 0 && hour === 12) return "12 noon";
  if (minute === 0 && hour === 0) return "12 midnight";
  const minutes = minute ? `:${String(minute).padStart(2, "0")}` : "";
  return `${hour % 12 || 12}${minutes}${hour < 12 ? "am" : "pm"}`;
}
