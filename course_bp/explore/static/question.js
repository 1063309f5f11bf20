// Predict before it shows: asks for a number, or for one of several choices.

// Within one percent: a guess worked out by hand with rounded numbers is right.
function isNear(guess, answer) {
  return Math.abs(guess - answer) <= 0.01 * Math.abs(answer) + 1e-9;
}

function judgeNumber(text, answer) {
  const guess = parseNumber(text);
  if (!Number.isFinite(guess)) return [false, "Write a number, such as 0.25 or 1/4."];
  if (isNear(guess, answer)) return [true, `✓ Right: it is ${written(answer)}.`];
  if (isNear(-guess, answer)) return [false, "✗ The size is right, the sign is not."];
  return [false, "✗ Not yet. Try again, or let it be shown."];
}

function showQuestion(form, question, goOn) {
  const verdict = make("p", { class: "bp-verdict", role: "status" });
  const reveal = button("Show it", goOn, "Show the answer");
  reveal.dataset.name = "show";
  const tell = ([right, words]) => {
    verdict.dataset.right = right;
    verdict.textContent = words;
    if (right) reveal.textContent = "Go on";
  };
  if (question.choices.length) {
    const choices = question.choices.map((choice, i) => {
      const radio = own(make("input", { type: "radio", name: "guess", value: choice }));
      radio.addEventListener("change", () => {
        const right = choice === question.answer;
        tell([right, `${right ? "✓ Right." : "✗ Not this one."} ${question.reasons[i] ?? ""}`]);
      });
      return make("label", { class: "bp-choice" }, radio, ` ${choice}`);
    });
    form.replaceChildren(make("fieldset", {}, make("legend", {}, question.prompt), ...choices), reveal, verdict);
    form.onsubmit = (event) => event.preventDefault();
  } else {
    const guess = own(make("input", { type: "text", inputmode: "decimal", autocomplete: "off", "data-name": "guess" }));
    const check = own(make("button", { type: "submit", "data-name": "check" }, "Check"));
    form.replaceChildren(make("label", {}, `${question.prompt} `, guess), check, reveal, verdict);
    form.onsubmit = (event) => {
      event.preventDefault();
      tell(judgeNumber(guess.value, question.answer));
      if (verdict.dataset.right === "true") reveal.focus();
    };
  }
  form.querySelector("input").focus();
}
