"""Marks and figures that were published together, to compare ours with.

The 25 attempts at seven questions and every figure stand in the tests of Moodle's quiz statistics
(mod/quiz/report/statistics/tests/fixtures: results00.csv, qstats00.csv, and the figures of the
whole quiz in stats_from_steps_walkthrough_test.php). They were worked out there in a spreadsheet,
apart from Moodle's code.
"""

MARKS = """
1 1 1 1 1 0 1; 1 1 1 1 .5 1 0; 1 1 1 1 .5 0 1; 0 0 1 1 1 0 0; 1 0 1 0 0 1 .5
1 1 1 1 .5 0 .5; 0 1 1 1 .5 1 .5; 1 1 1 0 .5 1 .5; 1 0 1 1 1 1 1; 0 1 1 0 .5 1 .5
.8 0 1 1 .5 1 .5; 1 1 1 0 .5 1 1; 1 0 1 1 .5 1 .5; 1 0 1 1 1 0 .5; 0 0 1 1 0 1 1
1 0 1 0 .5 1 1; .8 0 1 1 .5 0 1; 1 0 1 1 0 1 .5; 1 0 1 1 .5 0 .5; 0 1 1 0 .5 1 0
1 1 .3333333 1 .5 0 .5; 1 1 1 0 .5 0 .5; 1 1 1 1 0 1 .5; 0 0 1 0 .5 1 1; 0 0 1 1 1 1 1
"""

PAPERS = [
    [float(mark) for mark in line.split()] for line in MARKS.replace("\n", ";").split(";") if line
]

# Question: facility and standard deviation as shares, then percents.
QUESTIONS = {
    "1": (0.704, 0.4513682901, 21.2922742344, -7.0650767526, -9.4550536967),
    "2": (0.48, 0.5099019514, 18.8979800309, -28.8982125772, -36.7834118938),
    "3": (0.973333332, 0.13333334, 4.443012573, -9.1230674268, -21.6545012165),
    "4": (0.68, 0.4760952286, 18.9347251357, -22.6306444113, -31.4411395613),
    "5": (0.52, 0.3055050463, 11.1450138688, -17.6997047674, -21.1794802584),
    "6": (0.64, 0.4898979486, 9.8081339177, -45.3785178421, -56.9365974439),
    "7": (0.62, 0.331662479, 15.4788602394, -5.6543166602, -6.5043742058),
}

QUIZ = {
    "papers": 25,
    "median": 4.5,
    "mean": 4.617333332,
    "deviation": 0.8117265554,
    "skewness": -0.092502502,
    "kurtosis": -0.7073968557,
    "alpha": -87.2230935542,
    "error_ratio": 136.8294900795,
    "standard_error": 1.1106813066,
}
