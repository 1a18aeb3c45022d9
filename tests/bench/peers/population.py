"""The synthetic model over a population: numpy and OpenFisca-Core beside our table.

    peers export N FOLDER
    python3 population.py FOLDER PEERS [ROUNDS]

FOLDER is what `peers export` wrote, PEERS the program that wrote it. Every result is compared with those
of the table first; then all take turns. CPU time of one thread; what a run of numpy or OpenFisca counts
is the whole calculation from answers that stand ready in its own type, as in our table.
"""

import os

# Before numpy is loaded: one thread is what is compared.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS"):
    os.environ[name] = "1"

import json
import pathlib
import resource
import statistics
import subprocess
import sys
import time

import numpy as np

FORMS = ("low", "expected", "high")
# The code of an answer that is not known.
UNKNOWN = 7


class Population:
    """What `peers export` wrote."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        self.model = json.loads((folder / "model.json").read_text())
        self.totals = np.fromfile(folder / "totals.bin", dtype="<f8").reshape(-1, 3)
        self.n = len(self.totals)
        answers = np.fromfile(folder / "codes.bin", dtype=np.uint8).reshape(self.n, -1)
        # A column for every question, as systems that calculate by column keep them.
        self.columns = np.ascontiguousarray(answers.T)
        self.targets = np.arange(self.n) % len(self.model)


class Grouped:
    """numpy: the cases of one target after the other, a factor looked up for a whole column at a time."""

    def __init__(self, population):
        # Sorting by target is done beforehand, to numpy's advantage.
        self.groups = []
        for target, grounds in enumerate(population.model):
            own = np.flatnonzero(population.targets == target)
            columns = np.ascontiguousarray(population.columns[:, own])
            tables = [
                (ground["base"], [(rule["question"], np.array(rule["factors"])) for rule in ground["rules"]])
                for ground in grounds
            ]
            self.groups.append((own, columns, tables))
        self.shape = population.totals.shape

    def run(self):
        out = np.empty(self.shape)
        for own, columns, tables in self.groups:
            survives = np.ones((len(own), len(FORMS)))
            for base, rules in tables:
                odds = np.full((len(own), len(FORMS)), base)
                for question, factors in rules:
                    # A row of three factors at a time took less than a column for each.
                    odds *= factors.take(columns[question], axis=0)
                survives /= 1.0 + odds
            out[own] = 1.0 - survives
        return out


class Fisca:
    """OpenFisca-Core: a variable for every answer, ground and total, formulas over the whole population.

    Formulas look factors up as our table does, or ask for each answer in turn, as its documents write them.
    """

    def __init__(self, population, looked_up):
        from openfisca_core import entities, periods, simulations, taxbenefitsystems, variables

        case = entities.Entity("case", "cases", "A case", "")
        system = taxbenefitsystems.TaxBenefitSystem([case])
        self.period = "2026"

        def add(name, kind, formula=None):
            parts = {"value_type": kind, "entity": case, "definition_period": periods.DateUnit.YEAR, "label": name}
            if formula is not None:
                parts["formula"] = formula
            system.add_variable(type(name, (variables.Variable,), parts))

        def ground(at, form):
            grounds = [target[at] for target in population.model]
            bases = np.array([ground["base"] for ground in grounds])
            # The factors of each rule for all targets, a row for each.
            rules = [
                (rule["question"], rule["option"], np.array([[code[form] for code in own["factors"]] for own in every]))
                for rule, every in zip(grounds[0]["rules"], zip(*(ground["rules"] for ground in grounds)))
            ]

            def by_table(person, period):
                target = person("target", period)
                row = target * rules[0][2].shape[1]
                odds = bases.take(target)
                for question, _, table in rules:
                    odds *= table.take(row + person(f"question_{question}", period))
                return odds / (1.0 + odds)

            def by_conditions(person, period):
                target = person("target", period)
                odds = bases[target]
                for question, option, table in rules:
                    answer = person(f"question_{question}", period)
                    told, unknown = table[target, option], table[target, UNKNOWN]
                    odds = odds * np.where(answer == option, told, np.where(answer == UNKNOWN, unknown, 1.0))
                return odds / (1.0 + odds)

            return by_table if looked_up else by_conditions

        def total(form):
            def formula(person, period):
                survives = 1.0
                for at in range(len(population.model[0])):
                    survives = survives * (1.0 - person(f"ground_{at}_{form}", period))
                return 1.0 - survives

            return formula

        add("target", int)
        for question in range(len(population.columns)):
            add(f"question_{question}", int)
        for at, form in enumerate(FORMS):
            for number in range(len(population.model[0])):
                add(f"ground_{number}_{form}", float, ground(number, at))
            add(f"total_{form}", float, total(form))
        self.system, self.builder = system, simulations.SimulationBuilder
        self.inputs = {f"question_{at}": column.astype(np.int32) for at, column in enumerate(population.columns)}
        self.inputs["target"] = population.targets.astype(np.int32)
        self.n = population.n

    def run(self):
        simulation = self.builder().build_default_simulation(self.system, count=self.n)
        for name, values in self.inputs.items():
            simulation.set_input(name, self.period, values)
        return np.stack([simulation.calculate(f"total_{form}", self.period) for form in FORMS], axis=1)


def main():
    folder, peers = sys.argv[1:3]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    population = Population(folder)
    # OpenFisca keeps its numbers in 32 bits.
    systems = [
        ("numpy, tables", Grouped(population), 1e-9),
        ("OpenFisca-Core, tables", Fisca(population, looked_up=True), 1e-5),
        ("OpenFisca-Core, conditions", Fisca(population, looked_up=False), 1e-5),
    ]
    for name, system, within in systems:
        apart = np.abs(system.run() - population.totals).max()
        print(f"{name}: {population.n} cases, at most {apart:.1e} from the table")
        if not apart <= within:
            sys.exit(f"{name} gives other results")
    figures = {name: [] for name in ["table", *(name for name, *_ in systems)]}
    for _ in range(rounds):
        printed = subprocess.run([peers, "codes", str(population.n)], check=True, capture_output=True, text=True)
        figures["table"].append(float(printed.stdout))
        for name, system, _ in systems:
            before = time.process_time()
            system.run()
            figures[name].append((time.process_time() - before) * 1e9 / population.n)
    table = statistics.median(figures["table"])
    for name, each in figures.items():
        median = statistics.median(each)
        print(f"{name}: {median:.0f} ns a case (best {min(each):.0f}), {median / table:.1f} x the table")
    print(f"peak memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")


main()
