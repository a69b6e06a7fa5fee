package holt;

class Placeholder {}
