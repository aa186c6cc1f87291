"""A course bound into a book for its reader: what each of the two is given, and what not."""

from course_engine.assessment import marking, sheets
from course_engine.assessment.papers import check_item
from course_engine.curriculum.course import (
    Block,
    Check,
    Course,
    Exam,
    Lesson,
    Module,
    Prose,
    Reflect,
)
from course_engine.curriculum.questions import Question
from course_engine.workbooks import keys
from course_engine.workbooks.book import (
    Audience,
    Book,
    Chapter,
    ExamRules,
    Exercise,
    Guidance,
    Part,
    Passage,
    Section,
    Source,
    Space,
)
from course_engine.workbooks.passages import Passages


def bind(course: Course, audience: Audience) -> Book:
    """Bind the book of a course.

    The trainee's has lessons, room to write, and checks as questions. The facilitator's adds aims,
    competencies, times, prompts for a talk together, and the keys of checks and quizzes. The bank
    of the exam stands in neither.
    """
    passages = Passages(course)
    guided = audience == "facilitator"
    return Book(
        audience=audience,
        title=course.title,
        language=course.language,
        minutes=course.minutes,
        introduction=passages.adapted(course.introduction, "introduction", deeper=1),
        chapters=tuple(
            _chapter(course, module, number, passages, guided=guided)
            for number, module in enumerate(course.modules)
        ),
        statements=tuple(
            (each.title, passages.adapted(each.html, f"statement-{each.slug}", deeper=1))
            for each in course.statements
        ),
        exam=_rules(course.exam) if guided and course.exam else None,
        sources=tuple(
            Source(title=each.title, publisher=each.publisher, year=each.year, address=each.source)
            for each in course.frameworks
        ),
    )


def _chapter(
    course: Course, module: Module, number: int, passages: Passages, *, guided: bool
) -> Chapter:
    return Chapter(
        number=number,
        anchor=module.slug,
        title=module.title,
        introduction=passages.adapted(module.introduction, module.slug, deeper=1),
        minutes=sum(lesson.minutes for lesson in module.lessons)
        + (module.quiz.minutes if module.quiz else 0),
        sections=tuple(
            _section(module, lesson, passages, guided=guided) for lesson in module.lessons
        ),
        guidance=_guidance(course, module, passages) if guided else None,
    )


def _section(module: Module, lesson: Lesson, passages: Passages, *, guided: bool) -> Section:
    anchor = passages.anchor(module.slug, lesson.slug)

    def part(block: Block) -> Part:
        match block:
            case Prose():
                return Passage(html=passages.adapted(block.html, anchor, deeper=2))
            case Reflect():
                html = passages.adapted(block.html, anchor, deeper=2)
                return Space(prompt=block.prompt, html=html)
            case Check():
                # A check may be missed, whatever is marked on it.
                return _exercise(block.question, passages, guided=guided, graded=False)

    return Section(
        anchor=anchor,
        title=lesson.title,
        minutes=lesson.minutes,
        content_note=lesson.content_note,
        parts=tuple(map(part, lesson.blocks)),
    )


def _exercise(question: Question, passages: Passages, *, guided: bool, graded: bool) -> Exercise:
    shown = passages.in_question(question)
    return Exercise(
        asked=sheets.check_sheet(shown),
        key=keys.key(shown) if guided else None,
        critical=guided and graded and marking.critical(check_item(question)),
    )


def _guidance(course: Course, module: Module, passages: Passages) -> Guidance:
    titles = {
        each.key: each.title for framework in course.frameworks for each in framework.competencies
    }
    cited = dict.fromkeys(key for lesson in module.lessons for key in lesson.competencies)
    asked = tuple(
        block.prompt
        for lesson in module.lessons
        for block in lesson.blocks
        if isinstance(block, Reflect)
    )
    quiz = module.quiz
    return Guidance(
        aim=module.aim,
        competencies=tuple((key, titles[key]) for key in titles if key in cited),
        discussion=module.discussion or asked,
        quiz_title=quiz.title if quiz else "",
        quiz_minutes=quiz.minutes if quiz else 0,
        quiz_policy=quiz.policy if quiz else None,
        quiz=tuple(
            _exercise(each, passages, guided=True, graded=True)
            for each in (quiz.questions if quiz else ())
        ),
    )


def _rules(exam: Exam) -> ExamRules:
    titles = {topic.slug: topic.title for topic in exam.bank}
    return ExamRules(
        title=exam.title,
        minutes=exam.minutes,
        policy=exam.policy,
        topics=tuple((titles[slug], count) for slug, count in exam.draw),
    )
