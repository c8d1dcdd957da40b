// What the agent can do from the panel: each button's way to the service or the helpdesk, and back into what is shown.

/** The actions that the views are given. */
export function actionsOf(app) {
  const { api, host, session } = app;
  return {
    isProven: !session.claimed,
    insert: (hint) => host.insert(hint.offer, hint.place),
    judge: (hint, body) => api.judge(app.ticket, hint.id, body),
    unjudge: (hint) => api.unjudge(app.ticket, hint.id),
    quiet: (span) => api.quiet(span).then(() => afterQuiet(app, span)),
    plan: (hint) => promised(app, api.plan(app.ticket, hint.id), () => app.view.hints.tick([hint.id])),
    changePromise: (promise, body) => changePromise(app, promise, body),
    mine: () => api.mine(),
    calendar: (isOn) => api.calendar(isOn),
    stored: () => api.stored(),
    openTicket: (id) => host.openTicket(id),
    startNote: (text) => host.startNote(text),
    notePartner: (partner, body) => promised(app, api.notePartner(app.ticket, partner, body)),
    asks: () => (app.advice?.questions ?? []).filter((one) => !one.answered).slice(0, 2).map((one) => one.text.trim()),
    subject: () => app.around.subject,
    putAside: (id) => putThanksAside(app, id),
    me: () => api.me(),
    changeMe: (body) => api.changeMe(body),
    mutes: () => api.mutes(),
    unmute: (what) => api.unmute(what).then(() => app.refresh()),
    folded: () => app.show(),
    ...(host?.reopen ? { reopen: (onWait) => reopen(app, onWait) } : {}),
  };
}

/** The session has ended. Another one in the same page, where what was begun here stays; `onWait()` is told where it takes its time. */
async function reopen(app, onWait) {
  app.session.take(await app.host.reopen(onWait));
  app.failure = null;
  app.show();
  app.activate();
}

function afterQuiet(app, span) {
  if (span) app.view.hints.clear();
  return app.refresh();
}

/** Take the promise that a call on this ticket brings, unless the panel stands beside another one by then. */
async function promised(app, call, also = () => {}) {
  const { ticket } = app;
  const { follow_up: told } = await call;
  if (ticket !== app.ticket) return;
  also();
  app.takeFollowUp(told);
  app.show();
}

function putThanksAside(app, id) {
  app.day.note("aside", id);
  return app.refresh();
}

async function changePromise(app, promise, body) {
  try {
    await promised(app, app.api.changePromise(app.ticket, promise.id, body), () => app.touched.add(promise.id));
  } catch (error) {
    if (error.code !== "conflict") throw error;
    await app.refresh();
  }
}
