// Looks, once in a while and for the whole browser, whether the service can be reached, and says so once where it can't.
// The panels themselves come from the service: where it is down they stay empty, and nobody would know why.

(function () {
  "use strict";

  const EVERY_MS = 120000;
  const WAIT_MS = 10000;
  const MISSES = 2;
  const WORDS = {
    de: "Guidance ist gerade nicht erreichbar. Ihre Antworten gehen wie immer hinaus.",
    en: "Guidance can’t be reached just now. Your replies go out as ever.",
    es: "Guidance no está disponible ahora. Sus respuestas se envían como siempre.",
    fr: "Guidance est injoignable pour l’instant. Vos réponses partent comme toujours.",
  };

  const client = window.ZAFClient && window.ZAFClient.init();
  if (!client) return;

  let missed = 0;
  let words = WORDS.en;

  async function answers(service) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), WAIT_MS);
    try {
      const answer = await fetch(`${service}/healthz`, { cache: "no-store", credentials: "omit", signal: patience.signal });
      return answer.ok; // a proxy in front answers for a service that is down, and says so in its status
    } catch {
      return false;
    } finally {
      clearTimeout(timer);
    }
  }

  async function look(service) {
    missed = (await answers(service)) ? 0 : missed + 1;
    if (missed === MISSES) client.invoke("notify", words, "notice", 8000);
    setTimeout(() => look(service), EVERY_MS * (0.9 + Math.random() / 5));
  }

  client.on("app.registered", async () => {
    const [{ settings }, told] = await Promise.all([client.metadata(), client.get("currentUser")]);
    words = WORDS[String(told.currentUser?.locale ?? "en").slice(0, 2)] ?? WORDS.en;
    look(String(settings.service_url).replace(/\/+$/, ""));
  });
})();
