// A form of 40 questions by @inquirer/prompts: a list of questions, then the options of the one chosen,
// because that library shows one prompt at a time.
import { select } from '@inquirer/prompts';

const questions = Array.from({ length: 40 }, (_, n) => `Question ${n + 1}`);
const options = [1, 2, 3, 4].map((n) => `Option ${n}`).concat('Unknown');
const answers = new Map();
try {
  for (;;) {
    const choices = questions.map((value) => ({ value, name: `${value}: ${answers.get(value) ?? 'open'}` }));
    const chosen = await select({ message: 'Which question?', choices, pageSize: 20 });
    const answer = await select({ message: chosen, choices: options.map((value) => ({ value, name: value })) });
    answers.set(chosen, answer);
  }
} catch (fault) {
  // Ctrl-C ends a prompt with an error of this name.
  if (fault.name !== 'ExitPromptError') throw fault;
}
