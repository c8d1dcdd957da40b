// Sending what the agent wrote, through each helpdesk's own REST API.

const FRESHDESK_STATUS = { open: 2, pending: 3, solved: 4 };

/** Send a comment and set the status, as the agent whose `pass` it is. */
export async function send(ticket, { html, isPublic, status, pass }) {
  const call = (method, path, body) => sent(method, path, body, pass.authorization);
  if (ticket.helpdesk === "zendesk") {
    await call("PUT", `/zendesk/api/v2/tickets/${ticket.id}`, { ticket: { status, comment: { html_body: html, public: isPublic } } });
    return;
  }
  const base = `/freshdesk/api/v2/tickets/${ticket.id}`;
  await call("POST", isPublic ? `${base}/reply` : `${base}/notes`, isPublic ? { body: html } : { body: html, private: true });
  await call("PUT", base, { status: FRESHDESK_STATUS[status] });
}

async function sent(method, path, body, authorization) {
  const headers = { "Content-Type": "application/json", Authorization: authorization };
  const answer = await fetch(path, { method, headers, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(`The helpdesk answered ${answer.status}. Your words are still here.`);
}
