"""A form of 40 questions by questionary: a list of questions, then the options of the one chosen.

questionary shows one prompt at a time: the pane of options is the next prompt.
"""

import questionary


def main():
    questions = [f"Question {n}" for n in range(1, 41)]
    answers = {}
    while True:
        titles = [f"{name}: {answers.get(name, 'open')}" for name in questions]
        choices = [questionary.Choice(title, name) for title, name in zip(titles, questions)]
        chosen = questionary.select("Which question?", choices=choices).ask()
        if chosen is None:
            return
        answer = questionary.select(chosen, choices=[*(f"Option {n}" for n in range(1, 5)), "Unknown"]).ask()
        if answer is None:
            return
        answers[chosen] = answer


main()
