// Requests made by htmx carry the session's token, which plain forms send as a hidden field.
document.addEventListener("htmx:config:request", (event) => {
  const token = document.querySelector('meta[name="csrf"]')?.content;
  if (token) event.detail.ctx.request.headers["X-CSRF-Token"] = token;
});
