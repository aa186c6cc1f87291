"""Warnings."""

from course_engine.curriculum.assembling import Files
from course_engine.curriculum.course import Course
from course_engine.curriculum.problems import Problem


def warnings(course: Course, files: Files) -> tuple[Problem, ...]:
    return ()
