// What an app may read of a ticket and its composer, by Zendesk's path names.

/** The value at `path`; throws where there is none by that name. `tab` is the open ticket. */
export function read(path, tab) {
  const find = READS[path];
  if (!find) throw new Error(`"${path}" is not available here`);
  return find(tab.ticket(), tab);
}

/** `ticket.conversation`: every comment, oldest first; internal notes come on the channel `internal`. */
export function conversation(ticket) {
  return ticket.comments.map((comment) => ({
    author: { id: Number(comment.author.id), name: comment.author.name, role: comment.author.role, avatar: "" },
    channel: { name: comment.is_public ? ticket.channel : "internal" },
    message: { content: comment.html, contentType: "text/html" },
    timestamp: comment.at,
    attachments: [],
  }));
}

const isChat = (ticket) => ticket.channel === "chat";

const READS = {
  "ticket.id": (ticket) => Number(ticket.id),
  "ticket.isNew": () => false,
  "ticket.subject": (ticket) => ticket.subject,
  "ticket.status": (ticket, tab) => tab.submitting ?? ticket.status,
  "ticket.priority": (ticket) => ticket.priority,
  "ticket.tags": (ticket) => ticket.tags,
  "ticket.via": (ticket) => ({ channel: ticket.channel }),
  "ticket.brand": () => ({ id: 3, name: "Fern & Field" }),
  "ticket.requester": (ticket) => user(ticket.requester),
  "ticket.requester.id": (ticket) => Number(ticket.requester.id),
  "ticket.requester.name": (ticket) => ticket.requester.name,
  "ticket.requester.email": (ticket) => ticket.requester.email,
  "ticket.assignee.user": (ticket) => ticket.assignee && user(ticket.assignee),
  "ticket.assignee.group": () => null,
  "ticket.conversation": conversation,
  "comment.text": (_, tab) => tab.html,
  "comment.type": (_, tab) => tab.type,
  "comment.useRichText": () => true,
  "comment.attachments": () => [],
  currentUser: (_, tab) => user(tab.pass()),
  channel: (ticket) => ({ name: ticket.channel, sessionBased: isChat(ticket), sessionActive: isChat(ticket) }),
};

export function user({ id, name, email, role, locale, time_zone: ianaName }) {
  return { id: Number(id), name, email, role, locale, timeZone: { ianaName }, groups: [] };
}
