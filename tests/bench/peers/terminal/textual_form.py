"""A form of 40 questions by Textual: the list on the left, the options of the highlighted one on the right."""

from textual.app import App
from textual.containers import Horizontal, Vertical
from textual.widgets import Footer, Header, Label, OptionList, ProgressBar, RadioButton, RadioSet

QUESTIONS = [f"Question {n}" for n in range(1, 41)]
OPTIONS = [*(f"Option {n}" for n in range(1, 5)), "Unknown"]


class Form(App):
    """The form."""

    TITLE = "A form"
    BINDINGS = [("q", "quit", "Quit")]
    CSS = "OptionList { width: 40%; } Vertical { width: 60%; }"

    def compose(self):
        yield Header()
        with Horizontal():
            yield OptionList(*QUESTIONS)
            with Vertical():
                yield Label(QUESTIONS[0], id="question")
                with RadioSet():
                    for option in OPTIONS:
                        yield RadioButton(option)
                yield ProgressBar(total=len(QUESTIONS), show_eta=False)
        yield Footer()

    def on_option_list_option_highlighted(self, event):
        self.query_one("#question", Label).update(QUESTIONS[event.option_index])


Form().run()
