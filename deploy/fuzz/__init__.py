"""Fuzzing: what the contract allows and what it forbids, sent as everybody, held against the contract.

``cases`` makes the requests (schemathesis), ``known`` carries values along the contract's links, ``checks`` judges the
answers, ``fuzzer`` plays a service, ``report`` writes down what came of it. ``python -m deploy.fuzz`` plays a whole
stack through its front door.
"""
