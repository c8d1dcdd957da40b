"""Real questions, rhetorical ones, and answers in other words."""

from __future__ import annotations

import pytest

from guidance.model import Question
from guidance.signals.answers import is_answered
from guidance.signals.questions import (
    each_once,
    find_implied,
    find_meant,
    find_questions,
    is_outright,
    wants_no_answer,
)


def asked(text: str) -> list[str]:
    return [question.text for question in find_questions(text, [(0, len(text))])]


def answered(question: str, reply: str) -> bool:
    return is_answered(Question(where="", text=question, start=0, end=len(question)), reply)


@pytest.mark.parametrize(
    "text",
    [
        "Where is my parcel?",
        "can you cancel it",
        "Has it reached you?",
        "Have you shipped it yet?",
        "Please send me the invoice",
        "I need to change my address",
        "any news",
        "how do i reset it",
        "Hi why is the 9.04 late?",
        "are you ever going to deliver it",
        "Why does the app always log me out after ten minutes?",
        "Why do I always get two invoices?",
        "Do you think it will arrive by Friday?",
        "Do you think I need the bigger one for six people?",
        "open the gate please",
        "It would be great if somebody could ring",
        "And does anyone have to sign for the piano.",
        "Will they bring the ladder or must I have one ready",
        "Put me through to the workshop",
        "Add my mother to the lease as well",
        "Drop me a text when the tuner sets off",
        "Has the 17:10 to Whitby been cancelled",
        "Are parrots allowed on the terrace",
        "Requesting you to move the piano to Friday",
        "I was hoping to find out who tunes it",
        "I'm after a quote for two windows",
        "what've you got that is bigger",
        "How'd I reset it",
        "Also let me know by when I get the certificate",
        "I can't find out anywhere if the data is kept in Europe",
        "Do you all deliver on Sundays?",
        "Do you guys know when the pool opens?",
        "What could go wrong if I update now?",
        "Why is my bill always on the 3rd?",
        "Why is the page so slow today?",
        "Is that right?",
        "Should I sow again?",
        "What happens then?",
        "How is it possible that nothing loads in the middle of town?",
        "Who can mend it?",
        "Who does the timetable?",
        "Please reverse one of the entries.",
        "Kindly collect it and return the money.",
        "Someone from your team should ring me about this",
        "It would help us to have the same driver each week.",
        "@parkline is there a daily limit",
        "the door is stuck, what do i do",
        "quote said 240, bill says 395, where did 155 quid come from",
        "do students get in free",
        "can two people edit at once",
        "it says rejected, why",
        "need the invoice with our company name on",
        "We should be glad of a quotation for forty chairs.",
        "I've no idea what this charge is for",
        "Who designed the blue mug?",
        "When will you learn whether the part has come?",
        "You should really look into that seller.",
        "You guys need to fix this app",
        "I hope to hear from you before the weekend.",
        "Looking forward to your reply",
        "I don't know what to do with the second one",
    ],
)
def test_a_question_or_request_is_found_with_and_without_its_mark(text: str) -> None:
    assert asked(text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Are you kidding me?",
        "How hard can it be?",
        "Seriously?",
        "What is the point?",
        "How dare you?",
        "Thank you!",
        "It is the blue one.",
        "Hello?",
        "Thanks for your help!",
        "You are no help at all.",
        "How are you today?",
        "Who on earth thought of this lid?",
        "Have these people ever boiled an egg?",
        "What is the world coming to?",
        "And did I mention that the screen went black",
        "Why does this always happen to me?",
        "Why do you people always lose my parcels?",
        "Do you think I'm made of money?",
        "Do you think this is funny?",
        "Do you even think before you send these?",
        "Do you people even open the boxes?",
        "Why is the lift always out of order?",
        "Buttons on the back of a kettle, what could go wrong?",
        "Who designs these things, a gorilla?",
        "Who packed this one, your dog?",
        "Why are the trams always late #tired #tram",
        "Do you all realise how this looks to people like me!",
        "I don't know where I bought it.",
        "Well now, who knew that an awning was rocket science, hey?",
        "Still not mended... do you guys even have an electrician?",
        "Why are you the worst?",
        "Why is your new menu so utterly useless?",
        "Who designed this rubbish?",
        "Do you even read what we send you?",
        "And you call this a sea view?",
        "Are you thick or what",
        "Late again?",
        "You rang my mother, who's 91, at nine at night.",
        "They found us a lunch, which is the miracle of the week.",
        "You've no idea what a weight off that is.",
        "The stain's gone. So has the colour.",
        "Did the reset. Did the other reset.",
        "Please find the form attached.",
        "Please ignore my mail from this morning.",
        "When will you people learn?",
        "Is it really too much to ask for a chair with four legs?",
        "No need to ring me tomorrow, thank you so much!!",
        "Please don't call, I mended it myself.",
        "You don't need to reply to this.",
        "Hi, I have a question.",
        "Her extension is 4432.",
    ],
)
def test_a_rhetorical_question_is_none(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("It broke again. How hard can it be?", ["How hard can it be?"]),
        ("Please wait, it is starting up.", ["Please wait, it is starting up."]),
        ("No one could help me.", ["No one could help me."]),
        ("The lamp arrived.", []),
        ("Where is the lamp?", []),
    ],
)
def test_what_has_the_form_of_a_question_and_wants_no_answer_is_told_from_the_rest(text: str, what: list[str]) -> None:
    assert [one.text for one in wants_no_answer(text, [(0, len(text))])] == what


def test_a_sentence_that_only_says_that_questions_follow_is_none_itself() -> None:
    assert asked("Hello. I want to ask two things please. Can I pay in parts? Is it safe?") == [
        "Can I pay in parts?",
        "Is it safe?",
    ]


def test_a_farewell_with_a_month_in_it_answers_no_when() -> None:
    assert not answered("When do we get the deposit back?", "The field is behind the shop. See you in August, Carys")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Do you mend zips, how long does it take and is there parking?", 3),
        ("Please tell me 1) the fees, 2) is the bus coming to us, 3) the last day", 3),
        ("Could you confirm that it arrived, and tell me whether my wife must sign?", 2),
        ("Can you send it to me and my mother?", 1),
    ],
)
def test_what_hangs_on_by_commas_numbers_or_and_is_asked_apart(text: str, parts: int) -> None:
    assert len(asked(text)) == parts


def left_open(message: str, reply: str) -> list[str]:
    """The questions of a message that a reply takes up in no sentence of its own."""
    questions = find_questions(message, [(0, len(message))])
    return [
        one.text for one in questions if not is_answered(one, reply, beside=[two for two in questions if two != one])
    ]


@pytest.mark.parametrize(
    ("message", "reply", "open_still"),
    [
        (
            "Is the piano insured on the way? Does the stair lift take 300 kilos?",
            "Yes, the piano is insured from door to door. The men bring their own blankets.",
            ["Does the stair lift take 300 kilos?"],
        ),
        (
            "Is it the late show? Are dogs let in?",
            "Hi Mo, it is! Lights stay half up throughout.",
            ["Are dogs let in?"],
        ),
        (
            "How long are the tills down during the change? Do our gift cards carry over?",
            "The tills are down for about an hour. Sundays are quiet, so I can offer the 7th or the 14th. Which do you prefer?",
            ["Do our gift cards carry over?"],
        ),
    ],
)
def test_what_is_said_of_one_question_leaves_another_open(message: str, reply: str, open_still: list[str]) -> None:
    assert left_open(message, reply) == open_still


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("Is it the late show? Are dogs let in?", "Yes to both! See you on Friday."),
        ("How long is the notice period? And who pays for the sweep?", "Three months, and the sweep is on us."),
        (
            "Is the shed taxed apart? And from what date would it be?",
            "A shed is never taxed apart. Yours counts with the house. The house has been in the list since 21 March.",
        ),
    ],
)
def test_one_sentence_may_answer_several_questions(message: str, reply: str) -> None:
    assert left_open(message, reply) == []


def test_in_a_letter_a_sentence_about_what_stands_before_a_question_may_answer_it() -> None:
    asked_last = Question(where="", text="Does that still work?", start=0, end=21)
    reply = "Aboard there are six berths for the week, so one of you would sleep ashore."
    assert not is_answered(asked_last, reply, around="I am not sure of the train.")
    assert is_answered(asked_last, reply, around="There are only six berths and my mother comes for the week.")


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("When will my sofa come?", "Your sofa comes on Thursday between 8 and 10."),
        ("Can I bring my dog?", "Yes, dogs are welcome."),
        ("Why was I charged twice?", "The second charge was a hold, because the bank had lost the first."),
        ("Where is my parcel?", "What's the tracking number on your receipt?"),
        ("Is there a discount for students?", "I'll ask the box office and write to you today."),
        ("How much does the yearly pass cost?", "The pass is forty euros for adults."),
    ],
)
def test_an_answer_in_other_words_counts(question: str, reply: str) -> None:
    assert answered(question, reply)


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("When will my sofa come?", "Thank you for your patience."),
        ("Can I bring my dog on the train?", "Seat reservations open sixty days ahead, on the website."),
        ("Why was I charged twice?", "We take billing very seriously."),
    ],
)
def test_a_reply_beside_the_question_leaves_it_open(question: str, reply: str) -> None:
    assert not answered(question, reply)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Do you ship to Malta, and how much is it?", ["Do you ship to Malta", "how much is it?"]),
        ("can the dog come along and is there a fee for her", ["can the dog come along", "is there a fee for her"]),
        ("Can I order salt and pepper?", ["Can I order salt and pepper?"]),
    ],
)
def test_two_questions_in_one_sentence_are_two(text: str, parts: list[str]) -> None:
    assert asked(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "My order is two weeks late, can I cancel it?",
        "The lamp has a crack in it, do you have another one?",
        "The app is in German, how do I change that?",
        "I know it was my own fault, but can it be mended?",
        "If it has been sent by now, can my parents collect it from the depot in Leeds for me?",
    ],
)
def test_what_only_tells_how_things_stand_is_no_question_of_its_own(text: str) -> None:
    assert asked(text) == [text]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        (
            "We moved to Derry in May and my account is still with the branch in Omagh, how do I move it across?",
            "how do I move it across?",
        ),
        (
            "Hello, may I keep three hens and a cockerel in the back yard of a council house?",
            "may I keep three hens and a cockerel in the back yard of a council house?",
        ),
    ],
)
def test_a_long_statement_before_a_question_is_left_out_of_it(text: str, question: str) -> None:
    assert asked(text) == [question]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Must I show something, and to whom do I send it?", ["Must I show something", "to whom do I send it?"]),
        ("When's the next date and is it the same fee?", ["When's the next date", "is it the same fee?"]),
        (
            "Please tell me which paper is needed and whether it costs anything.",
            ["Please tell me which paper is needed", "whether it costs anything."],
        ),
    ],
)
def test_a_question_that_opens_with_any_verb_or_word_of_asking_is_told_from_the_next(
    text: str, parts: list[str]
) -> None:
    assert asked(text) == parts


def test_a_word_thrown_after_a_question_is_no_further_question() -> None:
    assert asked("Who has the film? Amazon? Hulu?") == ["Who has the film?"]


@pytest.mark.parametrize(
    "text", ["Please could a manager call me", "send me the invoice", "If you could check it for me"]
)
def test_a_request_without_a_question_mark_is_found(text: str) -> None:
    assert asked(text) == [text]


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("Why did the price go up by 12 percent?", "Your new price is shown on page 2 of the invoice."),
        ("Is there a fee for the dog?", "She can come along on every crossing."),
        ("How much is the fee for the dog?", "Dogs pay a fee at the counter."),
    ],
)
def test_the_same_words_without_the_reason_or_the_price_leave_it_open(question: str, reply: str) -> None:
    assert not answered(question, reply)


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("Can dogs come along on the ferry?", "Dogs are welcome on all our ferries."),
        ("Can I swap the seat?", "Unfortunately not, as the flight is full."),
        ("Where did my payment go?", "Would you be so kind as to share a picture of the receipt?"),
    ],
)
def test_a_no_and_a_request_for_what_is_needed_take_it_up(question: str, reply: str) -> None:
    assert answered(question, reply)


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("How do I get my points back?", "Thanks for reaching out. Please send us a DM so that we can look into this."),
        ("Where is the invoice for May?", "Please create a ticket and our team will assist."),
        ("Please have a manager call me", "You can call us on 0800 111 from nine to five."),
        ("any ideas?", "We're here to help."),
        ("Why does the sound drop out?", "Are you still having this issue?"),
        ("How do I open the lid?", "Send us a message with more details."),
    ],
)
def test_to_be_sent_elsewhere_is_no_answer(question: str, reply: str) -> None:
    assert not answered(question, reply)


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("How do I get my points back?", "Please send us a DM with your member number and the date of the flight."),
        ("Who do I contact about a lost card?", "Please contact our card team on 0800 111."),
        ("Please have a manager call me", "Ms Rao will call you back at four."),
        ("any ideas?", "Hold the power button for ten seconds, then open the app anew."),
        ("So I can board any train?", "You should be able to use the next one as well."),
        ("Can you please add a dark theme?", "We like it! I've passed the idea on to the designers."),
        ("So the same address goes twice, is that right?", "You got it."),
        ("When does the new season start?", "We don't have a date for it just yet."),
        ("Who can I talk to about a hall for sixty?", "Our events team, on extension 12."),
        ("Is there a way to hand it in on paper?", "The form is at https://example.com/paper."),
        ("Any thoughts?", "Are you getting an error code? Give us some details, too."),
        ("How do I add my nickname?", "You can add it under Profile. We can't wait to see you."),
    ],
)
def test_what_is_needed_or_given_is_an_answer_beside_the_courtesies(question: str, reply: str) -> None:
    assert answered(question, reply)


@pytest.mark.parametrize(
    ("text", "implied"),
    [
        ("Good morning. The app does not open since noon. I am in Malta.", ["The app does not open since noon."]),
        ("What a lovely day. The lamp is blue.", []),
    ],
)
def test_a_trouble_that_is_reported_without_asking_stands_for_the_question(text: str, implied: list[str]) -> None:
    assert [question.text.strip() for question in find_implied(text, [(0, len(text))])] == implied


@pytest.mark.parametrize(
    "text",
    [
        "Nobody there could help me.",
        "They said they'd call me on Monday.",
        "I did not see any update.",
        "Please wait a minute.",
    ],
)
def test_what_others_did_or_did_not_do_is_no_request(text: str) -> None:
    assert asked(text) == []


@pytest.mark.parametrize(
    ("text", "outright"),
    [
        ("Is the ramp open?", True),
        ("raise my limit please?", True),
        ("and they want nine pounds for that?", False),
        ("so the bus it is then, for all of us?", False),
    ],
)
def test_a_statement_with_a_question_mark_does_not_ask_outright(text: str, outright: bool) -> None:
    assert is_outright(Question(where="", text=text, start=0, end=len(text))) is outright


def test_who_asks_without_a_question_or_a_trouble_means_their_last_sentence_unless_it_is_rhetoric() -> None:
    said = "We were promised a window seat. I'd be glad of one for my mother."
    assert [question.text for question in find_meant(said, [(0, len(said))])] == ["I'd be glad of one for my mother."]
    assert find_meant("What a day. Are you kidding me?", [(0, 31)]) == ()


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("Why does the sound drop out?", "Check out https://example.com/sound for more information."),
        ("Can you help me?", "These tips may help: https://example.com/tips"),
        ("how long does the bank take", "Please see this page: https://example.com/times"),
    ],
)
def test_a_page_to_read_is_no_answer_to_a_trouble_or_a_when(question: str, reply: str) -> None:
    assert not answered(question, reply)


@pytest.mark.parametrize(
    ("question", "reply"),
    [
        ("Where can I buy a spare lid?", "Have a look at https://example.com/lids"),
        ("Can I have my money back?", "I have refunded your order today."),
        ("And what are your hours over Easter?", "At Easter we are open on Saturday from 9 to 1."),
        ("When will the dryer be collected?", "The firm decides on the day; I will give you a date by Friday."),
        (
            "What do I need to bring?",
            "Bring your identity card and a line from Milan. Whether the tablets are the same is something I would have to ask.",
        ),
        ("Could the package be dispatched on Monday?", "Your parcel ships on Monday."),
        ("Why isn't my printer printing?", "Restart the router, then switch the printer on again."),
        (
            "Why did you take the green soap off the shelf?",
            "We had to take it off because the maker closed, sorry about that soon.",
        ),
        ("Is there a way to merge two lists?", "That's not something we offer yet."),
        ("where is my olive tree", "Hi Rana, it is at the depot in Leeds and reaches you on Tuesday."),
        ("Why was I charged twice?", "Our till ran the payment through two times by mistake, Ana."),
        ("why is this record in the list if nobody can play it?", "Some go missing for a while because of licences."),
        ("what's up with the 14.05 to Lichfield", "It's late owing to cows on the line."),
        ("Can I give it back?", "Yes, of course, Tom."),
        ("Is anything wrong with your servers today?", "There haven't been any faults so far."),
        ("Why do my I's come out as boxes?", "Let's look. Which model is it, and is version 11.1 on it?"),
        ("Does the pad work on a PC?", "Can you tell us if it hangs on a cable or on Bluetooth?"),
    ],
)
def test_a_place_a_step_a_reason_and_a_no_answer_what_asks_for_them(question: str, reply: str) -> None:
    assert answered(question, reply)


@pytest.mark.parametrize(
    "reply",
    ["You have 23 kg, and drop-off is at desk 14 from 9:30.", "The second bag goes in the hold with the first."],
)
def test_figures_that_count_something_else_are_no_price(reply: str) -> None:
    assert not answered("And if I add a second bag, how much will I pay?", reply)


@pytest.mark.parametrize(
    "reply", ["A second bag is 40.", "That is free.", "The second bag of 23 kg is £35.", "Forty euros."]
)
def test_a_figure_of_its_own_is_a_price(reply: str) -> None:
    assert answered("And if I add a second bag, how much will I pay?", reply)


def test_stock_phrases_answer_only_whom_to_turn_to() -> None:
    asks = Question(where="", text="Does the coat run small?", start=0, end=24)
    whom = Question(where="", text="Who do I contact about a coat?", start=0, end=30)
    reply = "Yes, our team is here for you on 0800 111, and fashion is our passion."
    assert is_answered(asks, reply)
    assert not is_answered(asks, reply, canned=True)
    assert is_answered(whom, reply, canned=True)


@pytest.mark.parametrize("word", ["corrected", "nodded", "notified"])
def test_a_word_that_only_begins_like_a_yes_or_no_says_neither(word: str) -> None:
    question = "Also will she be let in at the gate on Sunday?"
    assert not answered(question, f"Hello Meera, I have {word}.")
    assert answered(question, "Hello Meera, yes.")


def test_a_time_named_for_another_matter_does_not_answer_when_in_a_letter() -> None:
    asked_when = Question(where="", text="When will that be returned to me?", start=60, end=93)
    before = "I paid you a security deposit when I joined."
    assert not is_answered(asked_when, "The bill comes to this address around 12 June.", around=before)
    assert is_answered(asked_when, "The deposit is returned around 12 June.", around=before)


def test_canned_phrases_around_an_answer_take_nothing_from_it() -> None:
    question = Question(where="", text="Do the covers of the sofa go in the washing machine?", start=0, end=52)
    phrases = "Your satisfaction remains our number one priority. {} We trust that the above resolves your query."
    answer = "The covers may be washed at 30 degrees with the zips closed."
    assert is_answered(question, phrases.format(answer), canned=True)
    assert not is_answered(question, phrases.format("We value your custom."), canned=True)


@pytest.mark.parametrize(
    ("question", "answer", "same_words"),
    [
        ("Could you waive the fee?", "The fee is waived.", "The fee is 20 euros."),
        ("Who did I speak to?", "That was Maria.", "You spoke to us on Monday."),
        (
            "how do i reset my password",
            "Click Forgot password on the login page.",
            "Your password was reset on Monday.",
        ),
        ("Where is my refund?", "It left us on Monday.", "Your refund is 20 euros."),
        ("Which train do I take to York?", "The 10:15 from platform 3.", "The train to York has a buffet."),
        ("Can I bring my dog?", "Dogs are welcome.", "We look forward to your stay."),
        ("Where do I park?", "Behind the church.", "Parking is 5 euros a day."),
        ("Why was my parcel sent back?", "The label was torn off.", "Your parcel was sent back on Monday."),
        ("Does the price include delivery?", "Delivery comes on top.", "The price is 399 euros."),
        ("Are the seats together?", "Row F, side by side.", "The seats are booked under your name."),
        ("What is the wifi password?", "sunflower22", "The wifi is in all rooms."),
        ("How long does the tour take?", "About an hour and a half.", "The tour begins at the main gate at 11."),
        ("Could you move the pickup to Friday?", "Moved to Friday.", "The pickup is at our back door."),
        ("Has my reading arrived?", "It came in yesterday.", "A reading is taken every March."),
        ("Which gate does the flight leave from?", "B12, at the far end of the hall.", "The flight leaves at 14:20."),
        ("What does the light mean?", "The light means that the filter is full.", "The light is on the left."),
        ("What time will he be here on Monday?", "Between nine and ten.", "On Monday it is Ms Okafor."),
        ("Dear Sir or Madam, could you send the bill?", "It comes by mail.", "The bill has two pages."),
        ("Could you take my old card off?", "The old card is gone.", "The old card is blue."),
        ("Could you correct my name on the booking?", "It says Stone now.", "The booking has two names."),
        ("Could we have a cot in the room?", "A cot is in the room.", "The room has a bath."),
        ("My order is late, can I cancel it?", "It is cancelled.", "Your order has two boxes."),
    ],
)
@pytest.mark.parametrize("framed", ["{}", "Hi Ana, {}", "Dear Ana,\n\n{}\n\nKind regards,\nSam Lee"])
def test_in_a_few_words_only_what_was_asked_for_answers(
    framed: str, question: str, answer: str, same_words: str
) -> None:
    assert answered(question, framed.format(answer))
    assert not answered(question, framed.format(same_words))


@pytest.mark.parametrize("reply", ["One moment, please.", "Great question!", "Thanks for your message.", "By post?"])
def test_a_fragment_that_is_only_courteous_or_asks_back_answers_nothing(reply: str) -> None:
    assert not answered("Which gate does the flight leave from?", reply)


def test_a_yes_word_beside_one_of_two_to_choose_from_answers_neither_in_a_longer_letter() -> None:
    asked_of = "May we sleep in the camper? Does the dog stay with him or must it go in the kennel on deck?"
    reply = "Yes, you may sleep in the camper. The open deck has only showers. Please be at the quay by noon."
    assert left_open(asked_of, reply) == ["Does the dog stay with him or must it go in the kennel on deck?"]


def test_numbered_answers_answer_the_questions_in_their_order() -> None:
    questions = "Can I pay by PayPal? Do you deliver on Saturdays? What is the return period?"
    told = find_questions(questions, [(0, len(questions))])
    reply = "Hi Ana,\n\n1. Yes, PayPal is fine.\n2. Yes, until 2 pm.\n3. 30 days.\n\nSam"
    assert [is_answered(one, reply, beside=[other for other in told if other is not one]) for one in told] == [True] * 3


def test_a_letter_of_five_questions_is_not_answered_by_two_of_them() -> None:
    letter = (
        "Before we order the palms: 1. What would delivery cost? 2. Can you bring them on a Saturday? 3. Is there a "
        "maintenance contract? 4. Can we pay on invoice, net 30? 5. Who will be our contact at your house?"
    )
    told = find_questions(letter, [(0, len(letter))])
    reply = "Dear Sofie, delivery of twelve palms costs 240 euros, and yes, Saturdays are fine. Kind regards, Amir"
    open_ones = [
        one.text for one in told if not is_answered(one, reply, beside=[other for other in told if other is not one])
    ]
    assert len(told) == 5
    assert len(open_ones) == 3


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("Where is the tree? I stood there for an hour. Where is it?", ["Where is the tree?"]),
        ("When will my tree come? So when will it come?!", ["When will my tree come?"]),
        ("When will my tree come? WHEN WILL IT COME??", ["When will my tree come?"]),
        ("Where is my order? Hello. where is my order", ["Where is my order?"]),
        ("Has the gate been mended? Has it been paid for?", ["Has the gate been mended?", "Has it been paid for?"]),
        (
            "How much is the delivery? And the lamp, how much is it?",
            ["How much is the delivery?", "And the lamp, how much is it?"],
        ),
        ("Where is it? Where is the tree?", ["Where is it?", "Where is the tree?"]),
    ],
)
def test_what_is_asked_a_second_time_is_one_question(said: str, left: list[str]):
    assert [one.text for one in each_once(find_questions(said, [(0, len(said))]))] == left
